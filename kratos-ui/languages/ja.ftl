# 日本語. See ../languages/README.md for what each kind of entry is.

## The language

date-time = { $year }年{ $month }月{ $day }日 { $clock }（UTC）
list-separator = {"、"}
sentence-separator = {""}

## Ways to sign in, and types of values, inside a message

method-code = コード
method-deviceauthn = デバイスキー
method-oidc = 外部サービスのアカウント
method-passkey = パスキー
method-password = パスワード
method-saml = 会社のアカウント
method-webauthn = セキュリティキー
type-array = リスト
type-boolean = 「はい」または「いいえ」
type-integer = 整数
type-null = 値なし
type-number = 数値
type-object = 項目のグループ
type-string = テキスト

## Login

kratos-1010001 = ログイン
kratos-1010002 = { $provider }でログイン
kratos-1010003 = この操作を続けるには、本人確認を行ってください。
kratos-1010004 = ログインするには、2段階認証を行ってください。
kratos-1010005 = 確認
kratos-1010006 = 認証コード
kratos-1010007 = バックアップコード
kratos-1010008 = セキュリティキーでログイン
kratos-1010009 = 認証アプリを使用
kratos-1010010 = バックアップコードを使用
kratos-1010011 = セキュリティキーで続行
kratos-1010012 = セキュリティキー、またはデバイスの指紋認証か顔認証を準備してから、続行してください。
kratos-1010013 = 続行
kratos-1010014 = 入力された宛先にコードを送信しました。届かない場合は、宛先に誤りがないか確認して、もう一度お試しください。
kratos-1010015 = ログインコードを送信
kratos-1010016 = 「{ $duplicate_identifier }」でログインしようとしましたが、別のアカウントですでに使用されています。{ $provider }をログイン方法として追加するには、そのアカウントにログインしてください。
kratos-1010017 = ログインして連携
kratos-1010018 = { $provider }で確認
kratos-1010019 = コードを取得して続行
kratos-1010020 = { $masked_to }にコードを送信します。ご本人の連絡先であることを確認するため、連絡先全体をここに入力してください。
kratos-1010021 = パスキーでログイン
kratos-1010022 = パスワードでログイン
kratos-1010023 = { $address }にコードを送信
kratos-1010024 = デバイスキーでログイン
kratos-1010025 = ご登録の連絡先にコードを送信しました。届かない場合は、もう一度お試しください。

## Registration

kratos-1040001 = 登録
kratos-1040002 = { $provider }で登録
kratos-1040003 = 続行
kratos-1040004 = セキュリティキーで登録
kratos-1040005 = 入力された宛先にコードを送信しました。届かない場合は、宛先に誤りがないか確認して、もう一度登録してください。
kratos-1040006 = 登録コードを送信
kratos-1040007 = パスキーで登録
kratos-1040008 = 戻る
kratos-1040009 = 今後のログイン方法を選択してください。

## Settings

kratos-1050001 = 変更を保存しました。
kratos-1050002 = { $provider }と連携
kratos-1050003 = { $provider }との連携を解除
kratos-1050004 = 認証アプリを削除
kratos-1050005 = 認証アプリ用のQRコード
kratos-1050007 = バックアップコードを表示
kratos-1050008 = 新しいバックアップコードを作成
kratos-1050010 = お使いのバックアップコードは次のとおりです。安全な場所に保管してください。
kratos-1050011 = バックアップコードを確定
kratos-1050012 = セキュリティキーを追加
kratos-1050013 = セキュリティキーの名前
kratos-1050014 = { $used_at }に使用済み
kratos-1050016 = バックアップコードを削除
kratos-1050017 = QRコードをスキャンできない場合は、このキーを認証アプリに入力してください。
kratos-1050018 = セキュリティキー「{ $display_name }」を削除
kratos-1050019 = パスキーを追加
kratos-1050020 = パスキー「{ $display_name }」を削除
kratos-1050021 = デバイスキーを削除
kratos-1050022 = デバイスキーのワンタイム値
kratos-1050023 = お使いのアカウントは組織によって管理されています。これらの設定を変更するには、管理者にお問い合わせください。

## Recovery

kratos-1060001 =
    { $minutes ->
       *[other] アカウントを復元しました。{ $minutes }分以内に、パスワードを変更するか、別のログイン方法を設定してください。
    }
kratos-1060002 = 入力されたアドレスに、復元リンクを記載したメールを送信しました。届かない場合は、アドレスに誤りがないか確認し、登録時のアドレスを入力してください。
kratos-1060003 = 入力されたアドレスに、復元コードを記載したメールを送信しました。届かない場合は、アドレスに誤りがないか確認し、登録時のアドレスを入力してください。
kratos-1060004 = { $masked_address }に復元コードを送信しました。届かない場合は、宛先に誤りがないか確認し、登録時の連絡先を入力してください。
kratos-1060005 = アカウントを復元するには、復元用の連絡先全体を入力してください。
kratos-1060006 = アカウントをどの方法で復元しますか？
kratos-1060007 = 戻る

## Labels

kratos-1070001 = パスワード
kratos-1070003 = 保存
kratos-1070004 = メールアドレス、電話番号、またはユーザー名
kratos-1070005 = 送信
kratos-1070006 = コードを確認
kratos-1070007 = メールアドレス
kratos-1070008 = コードを再送信
kratos-1070009 = 続行
kratos-1070010 = 復元コード
kratos-1070011 = 確認コード
kratos-1070012 = 登録コード
kratos-1070013 = ログインコード
kratos-1070014 = ログインして連携
kratos-1070015 = 続行するには、ロボットではないことを証明してください。
kratos-1070016 = 復元用の連絡先
kratos-1070017 = 電話番号
kratos-1070018 = メールアドレスまたは電話番号

## Verification

kratos-1080001 = 入力されたアドレスに、確認リンクを記載したメールを送信しました。届かない場合は、アドレスに誤りがないか確認し、登録時のアドレスを入力してください。
kratos-1080002 = メールアドレスの確認が完了しました。
kratos-1080003 = 入力されたアドレスに、確認コードを記載したメールを送信しました。届かない場合は、アドレスに誤りがないか確認し、登録時のアドレスを入力してください。
kratos-1080004 = 入力された電話番号に、確認コードを記載したSMSを送信しました。届かない場合は、番号に誤りがないか確認し、登録時の番号を入力してください。
kratos-1080005 = 電話番号の確認が完了しました。

## Errors of fields. The reason of Kratos, in English, follows 4000001, 4000005 and 5000001.

kratos-4000001 = 入力内容をご確認ください。
kratos-4000002 = 「{ $property }」が入力されていません。
    .field = この項目を入力してください。
kratos-4000003 =
    { $min_length ->
       *[other] { $min_length }文字以上で入力してください。
    }
kratos-4000004 = 入力形式が正しくありません。
kratos-4000005 = このパスワードは使用できません。
kratos-4000006 = 入力内容が正しくありません。パスワードと、ユーザー名、メールアドレス、または電話番号に誤りがないかご確認ください。
kratos-4000007 = このメールアドレス、電話番号、またはユーザー名のアカウントはすでに存在します。
kratos-4000008 = この認証コードは正しくありません。もう一度お試しください。
kratos-4000009 = メールアドレスなど、ログインに必要な情報が入力されていません。もう一度フォームに入力してください。
kratos-4000010 = このアカウントはまだ有効になっていません。先にメールアドレスの確認を完了してください。
kratos-4000011 = 認証アプリが設定されていません。
kratos-4000012 = このバックアップコードはすでに使用されています。
kratos-4000013 = セキュリティキーが設定されていません。
kratos-4000014 = バックアップコードがありません。
kratos-4000015 = このアカウントは存在しないか、セキュリティキーが設定されていません。
kratos-4000016 = このバックアップコードは正しくありません。
kratos-4000017 =
    { $max_length ->
       *[other] { $max_length }文字以下で入力してください。
    }
kratos-4000018 = { $minimum }以上の数値を入力してください。
kratos-4000019 = { $minimum }より大きい数値を入力してください。
kratos-4000020 = { $maximum }以下の数値を入力してください。
kratos-4000021 = { $maximum }より小さい数値を入力してください。
kratos-4000022 = { $base }の倍数を入力してください。
kratos-4000023 =
    { $max_items ->
       *[other] 入力できる項目は{ $max_items }件までです。
    }
kratos-4000024 =
    { $min_items ->
       *[other] 項目を{ $min_items }件以上入力してください。
    }
kratos-4000025 = 同じ項目を重複して入力することはできません。
kratos-4000026 = 値の種類が正しくありません。使用できる種類：{ $allowed_types }。
kratos-4000027 = このメールアドレス、電話番号、またはユーザー名のアカウントはすでに存在します。プロフィールを連携するには、そのアカウントにログインしてください。
kratos-4000028 = 「{ $credential_identifier_hint }」は別のアカウントですでに使用されています。
    .unknown = このメールアドレス、電話番号、またはユーザー名は、別のアカウントですでに使用されています。
    .methods = そのアカウントのログイン方法：{ $methods }。
    .providers = そのアカウントへのログインに使用できるサービス：{ $providers }。
kratos-4000029 = 値は「{ $expected }」である必要があります。
kratos-4000030 = 値が指定のものと異なります。
kratos-4000031 = このパスワードは、メールアドレスまたはユーザー名に似すぎています。
kratos-4000032 =
    { $min_length ->
       *[other] パスワードは{ $min_length }文字以上にしてください。
    }
kratos-4000033 =
    { $max_length ->
       *[other] パスワードは{ $max_length }文字以下にしてください。
    }
kratos-4000034 = このパスワードは、流出したデータの中から見つかりました。別のパスワードを設定してください。
kratos-4000035 = このアカウントは存在しないか、コードでのログインに対応していません。
kratos-4000036 = 以前の入力内容と異なります。
kratos-4000037 = このアカウントは存在しないか、ログイン方法が設定されていません。
kratos-4000038 = ロボットではないことを確認できませんでした。もう一度お試しください。
kratos-4000039 = 新しいパスワードには、以前と異なるものを設定してください。
kratos-4000040 = 有効なメールアドレスを入力してください。
kratos-4000041 = 有効な電話番号を入力してください。
kratos-4000042 = デバイスキーが設定されていません。
kratos-4000043 = セキュリティキーが承認されませんでした。もう一度お試しください。
kratos-4000044 = デバイスキーが承認されませんでした。
kratos-4000045 = このデバイスキーは使用できなくなりました。デバイスをもう一度設定してください。
kratos-4000046 = このデバイスキーは古いため使用できません。デバイスをもう一度設定してください。

## Errors of forms

kratos-4010001 = このフォームは有効期限が切れています。もう一度ログインしてください。
kratos-4010002 = ログインできませんでした。入力内容をご確認ください。
kratos-4010003 = 登録できませんでした。入力内容をご確認ください。
kratos-4010004 = 設定を保存できませんでした。入力内容をご確認ください。
kratos-4010005 = アカウントを復元できませんでした。入力内容をご確認ください。
kratos-4010006 = 連絡先の確認を完了できませんでした。入力内容をご確認ください。
kratos-4010007 = このリクエストはすでに完了しているため、再実行できません。
kratos-4010008 = このログインコードは正しくないか、すでに使用されています。もう一度お試しください。
kratos-4010009 = 連携するアカウントと異なります。
kratos-4010010 = この連絡先は、お使いのアカウントに登録されていません。
kratos-4010011 = このアカウントは無効になっています。サポートにお問い合わせください。
kratos-4040001 = このフォームは有効期限が切れています。もう一度登録してください。
kratos-4040002 = このリクエストはすでに完了しているため、再実行できません。
kratos-4040003 = この登録コードは正しくないか、すでに使用されています。もう一度お試しください。
kratos-4050001 = このフォームは有効期限が切れています。もう一度お試しください。
kratos-4050002 = 一度に変更できる連絡先は1つだけです。変更は1つずつ保存してください。
kratos-4060001 = このリクエストはすでに完了しているため、再実行できません。
kratos-4060002 = 復元できませんでした。最初からやり直してください。
kratos-4060003 = 復元リンクが不完全です。最初からやり直してください。
kratos-4060004 = この復元リンクは正しくないか、すでに使用されています。最初からやり直してください。
kratos-4060005 = このフォームは有効期限が切れています。アカウントの復元を最初からやり直してください。
kratos-4060006 = この復元コードは正しくないか、すでに使用されています。もう一度お試しください。
kratos-4070001 = この確認リンクは正しくないか、すでに使用されています。最初からやり直してください。
kratos-4070002 = このリクエストはすでに完了しているため、再実行できません。
kratos-4070003 = 確認できませんでした。最初からやり直してください。
kratos-4070004 = 確認リンクが不完全です。最初からやり直してください。
kratos-4070005 = このフォームは有効期限が切れています。確認を最初からやり直してください。
kratos-4070006 = この確認コードは正しくないか、すでに使用されています。もう一度お試しください。
kratos-5000001 = 問題が発生しました。
kratos-5000002 = 現在、利用できるログイン方法がありません。管理者にお問い合わせください。
kratos-5000003 = お使いの組織では会社のアカウントでのログインが必要ですが、設定されていません。管理者にお問い合わせください。

## Phrases of the pages: titles of pages and of the sections of the settings

login-title = ログイン
refresh-title = 本人確認
second_factor-title = ログイン
second_factor-subtitle = 2段階認証
registration-title = アカウントを作成
recovery-title = アカウントの復元
verification-title = 連絡先の確認
settings-title = アカウント設定
sections-title = このページの内容
section-profile = プロフィール
section-password = パスワード
section-oidc = 外部サービスでのログイン
section-saml = 会社のアカウントでのログイン
section-totp = 認証アプリ
section-passkey = パスキー
section-webauthn = セキュリティキー
section-deviceauthn = デバイスキー
section-lookup_secret = バックアップコード
section-other = その他

## Inside forms

or = または
submit = 送信
no_choice = 選択なし
field-optional = 任意
field-date_time = 日付、時刻、タイムゾーン（例：2026-11-28T09:30:00Z）
list-add = 項目を追加
list-remove = 項目を削除するには、チェックを外してください。
password-new = 新しいパスワード
password-show = パスワードを表示
code-sent_to = コードの送信先：
code-enter = お送りしたコードを入力してください。届かない場合は、迷惑メールフォルダを確認するか、コードを再送信してください。
totp-enter = 認証アプリを開き、表示されているコードを入力してください。
lookup_secret-enter = バックアップコードを1つ入力してください。各コードは1回だけ使用できます。
lookup_secret-confirm = これらのコードを安全な場所に保管してから、確定してください。確定するまで使用できません。
needs_script = JavaScriptと、パスキーまたはセキュリティキーに対応したブラウザが必要です。
needs_script-profile = 変更には JavaScript が必要です。JavaScript がないと、プロフィールのほかの情報が失われます。
needs_script-captcha = このフォームには JavaScript が必要です。ロボットでないことを確認します。
nothing_to_do = ここで必要な操作はありません。
no_second_factor = 2段階認証はまだ設定されていません。アカウント設定で設定できます。
unusable = 送信先がウェブアドレスではないため、このフォームは使用できません。

## Links

link-recovery = パスワードをお忘れですか？
link-recovery_code = ログインでお困りですか？
link-registration-before = アカウントをお持ちでない場合
link-registration = 登録
link-login-before = すでにアカウントをお持ちの場合
link-login = ログイン
link-other_account = 別のアカウントを使用
link-verification = 連絡先を確認
link-settings = アカウント設定
link-logout = ログアウト
link-home = ホーム
link-try_again = 再試行
link-confirm = 本人確認を行う
link-continue = 続行
link-back = 戻る

## Errors and refusals

error-title = 問題が発生しました
error-unknown = このエラーについての説明はありません。
error-details = 詳細
refused-not_signed_in = ログインしていません。
refused-forbidden = このページへのアクセス権がありません。
refused-confirm = 本人確認を行ってから、もう一度お試しください。
refused-second_factor = このページを表示するには、2段階認証が必要です。
refused-verify = 先に連絡先の確認を完了してください。
refused-no_progress = ログインできませんでした。Cookieを許可して、もう一度お試しください。
refused-no_flow = このフォームは有効期限が切れています。
refused-cross_site = このリクエストは別のサイトから送信されました。処理は行われていません。
refused-rate_limited = リクエストが多すぎます。しばらくしてからもう一度お試しください。
refused-unavailable = 現在、セッションを確認できません。ログアウトはされていません。しばらくしてからもう一度お試しください。
refused-other = このリクエストには応答できません。

## Consent, logout and devices of an OAuth 2 provider

consent-title = { $client }がアカウントの使用を求めています
consent-unnamed = アプリケーション
consent-scopes = 次の許可を求めています。一部を拒否することもできます。
consent-accept = 許可する
consent-reject = 許可しない
consent-remember = このアプリケーションでは今後確認しない
consent-terms = アプリケーションの利用規約
consent-policy = アプリケーションのプライバシーポリシー
consent-other_account = アプリケーションは、ログイン中のアカウントとは別のアカウントを求めています。
consent-anew = 別のアカウントでログイン
scope-openid = 本人であることの確認
scope-profile = 名前とプロフィールの閲覧
scope-email = メールアドレスの閲覧
scope-phone = 電話番号の閲覧
scope-address = 住所の閲覧
scope-offline_access = 不在時の接続の維持
scope-unknown = 「{ $scope }」の使用
logout-question = ログアウトしますか？
logout-client = { $client }が、ここと、ここから開いたアプリケーションからのログアウトを求めています。
logout-stay = ログインしたままにする
device-title = デバイスを接続
device-question = デバイスに表示されているコードを入力してください。目の前のデバイスでご自身が始めた場合にのみ続行してください。
device-code = コード
device-wrong = このコードは間違っているか、期限が切れています。
device-done = デバイスが接続されました。このページを閉じてかまいません。
provider-expired = このリクエストは期限が切れているか、すでに回答済みです。アプリケーションからやり直してください。
provider-unavailable = 現在は実行できません。しばらくしてからもう一度お試しください。
provider-error = アプリケーションにログインできません。

## Sessions and devices, and deleting the account

devices-title = セッションとデバイス
devices-current = このデバイス
devices-unknown = 不明なデバイス
devices-name = { $system } の { $browser }
devices-signed_in = ログイン日時：{ $time }
devices-two_factors = 2 要素で認証済み
devices-from = アクセス元：{ $place }
devices-revoke = ログアウトさせる：{ $device }
devices-revoke_others = ほかのすべてのデバイスからログアウト
devices-alone = ほかにログインしているデバイスはありません。
ago-now = たった今
ago-minutes =
    { $n ->
       *[other] { $n }分前
    }
ago-hours =
    { $n ->
       *[other] { $n }時間前
    }
ago-days =
    { $n ->
       *[other] { $n }日前
    }
delete-title = アカウントの削除
delete-warning = アカウントとその内容がすべて削除されます。この操作は取り消せません。
delete-confirm = アカウントを完全に削除します
delete-button = アカウントを削除
delete-failed = アカウントを削除できませんでした。しばらくしてからもう一度お試しください。
