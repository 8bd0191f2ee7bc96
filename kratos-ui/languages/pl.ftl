# Polski. See ../languages/README.md for what each kind of entry is.

## The language

date-time =
    { $day } { $month ->
        [1] stycznia
        [2] lutego
        [3] marca
        [4] kwietnia
        [5] maja
        [6] czerwca
        [7] lipca
        [8] sierpnia
        [9] września
        [10] października
        [11] listopada
       *[12] grudnia
    } { $year }, { $clock } UTC
list-separator = {", "}
sentence-separator = {" "}

## Ways to sign in, and types of values, inside a message

method-code = kod
method-deviceauthn = klucz urządzenia
method-oidc = konto w innym serwisie
method-passkey = klucz dostępu
method-password = hasło
method-saml = konto firmowe
method-webauthn = klucz bezpieczeństwa
type-array = lista
type-boolean = tak lub nie
type-integer = liczba całkowita
type-null = brak wartości
type-number = liczba
type-object = grupa pól
type-string = tekst

## Login

kratos-1010001 = Zaloguj się
kratos-1010002 = Zaloguj się przez { $provider }
kratos-1010003 = Aby kontynuować, potwierdź, że to Ty.
kratos-1010004 = Aby się zalogować, dokończ uwierzytelnianie dwuskładnikowe.
kratos-1010005 = Zweryfikuj
kratos-1010006 = Kod uwierzytelniający
kratos-1010007 = Kod zapasowy
kratos-1010008 = Zaloguj się za pomocą klucza bezpieczeństwa
kratos-1010009 = Użyj aplikacji uwierzytelniającej
kratos-1010010 = Użyj kodu zapasowego
kratos-1010011 = Kontynuuj za pomocą klucza bezpieczeństwa
kratos-1010012 = Przygotuj klucz bezpieczeństwa albo urządzenie z rozpoznawaniem odcisku palca lub twarzy, a następnie przejdź dalej.
kratos-1010013 = Dalej
kratos-1010014 = Kod został wysłany na podany adres. Jeśli nie dotarł, sprawdź pisownię adresu i spróbuj ponownie.
kratos-1010015 = Wyślij kod logowania
kratos-1010016 = Podczas logowania użyto adresu „{ $duplicate_identifier }”, który jest już przypisany do innego konta. Zaloguj się na to konto, aby dodać { $provider } jako kolejny sposób logowania.
kratos-1010017 = Zaloguj się i połącz
kratos-1010018 = Potwierdź przez { $provider }
kratos-1010019 = Poproś o kod, aby kontynuować
kratos-1010020 = Kod zostanie wysłany na { $masked_to }. Aby potwierdzić, że to Twój adres, wpisz go tutaj w całości.
kratos-1010021 = Zaloguj się za pomocą klucza dostępu
kratos-1010022 = Zaloguj się za pomocą hasła
kratos-1010023 = Wyślij kod na { $address }
kratos-1010024 = Zaloguj się za pomocą klucza urządzenia
kratos-1010025 = Kod został wysłany na Twój adres. Jeśli nie dotarł, spróbuj ponownie.

## Registration

kratos-1040001 = Zarejestruj się
kratos-1040002 = Zarejestruj się przez { $provider }
kratos-1040003 = Dalej
kratos-1040004 = Zarejestruj się za pomocą klucza bezpieczeństwa
kratos-1040005 = Kod został wysłany na podane adresy. Jeśli nie dotarł, sprawdź pisownię adresu i zarejestruj się ponownie.
kratos-1040006 = Wyślij kod rejestracyjny
kratos-1040007 = Zarejestruj się za pomocą klucza dostępu
kratos-1040008 = Wstecz
kratos-1040009 = Wybierz, jak chcesz się logować w przyszłości.

## Settings

kratos-1050001 = Zmiany zostały zapisane.
kratos-1050002 = Połącz konto { $provider }
kratos-1050003 = Odłącz konto { $provider }
kratos-1050004 = Usuń aplikację uwierzytelniającą
kratos-1050005 = Kod QR dla aplikacji uwierzytelniającej
kratos-1050007 = Pokaż kody zapasowe
kratos-1050008 = Utwórz nowe kody zapasowe
kratos-1050010 = Oto Twoje kody zapasowe. Przechowuj je w bezpiecznym miejscu.
kratos-1050011 = Potwierdź kody zapasowe
kratos-1050012 = Dodaj klucz bezpieczeństwa
kratos-1050013 = Nazwa klucza bezpieczeństwa
kratos-1050014 = Użyto { $used_at }
kratos-1050016 = Usuń kody zapasowe
kratos-1050017 = Jeśli nie możesz zeskanować kodu QR, wpisz ten klucz w aplikacji uwierzytelniającej.
kratos-1050018 = Usuń klucz bezpieczeństwa „{ $display_name }”
kratos-1050019 = Dodaj klucz dostępu
kratos-1050020 = Usuń klucz dostępu „{ $display_name }”
kratos-1050021 = Usuń klucz urządzenia
kratos-1050022 = Jednorazowa wartość klucza urządzenia
kratos-1050023 = Twoim kontem zarządza organizacja. Aby zmienić te ustawienia, skontaktuj się z administratorem.

## Recovery

kratos-1060001 =
    { $minutes ->
        [one] Konto zostało odzyskane. W ciągu minuty zmień hasło lub skonfiguruj inny sposób logowania.
        [few] Konto zostało odzyskane. W ciągu { $minutes } minut zmień hasło lub skonfiguruj inny sposób logowania.
        [many] Konto zostało odzyskane. W ciągu { $minutes } minut zmień hasło lub skonfiguruj inny sposób logowania.
       *[other] Konto zostało odzyskane. W ciągu { $minutes } minuty zmień hasło lub skonfiguruj inny sposób logowania.
    }
kratos-1060002 = E-mail z linkiem do odzyskania konta został wysłany na podany adres. Jeśli nie dotarł, sprawdź pisownię i użyj adresu podanego przy rejestracji.
kratos-1060003 = E-mail z kodem odzyskiwania został wysłany na podany adres. Jeśli nie dotarł, sprawdź pisownię i użyj adresu podanego przy rejestracji.
kratos-1060004 = Kod odzyskiwania został wysłany na { $masked_address }. Jeśli nie dotarł, sprawdź pisownię i użyj adresu podanego przy rejestracji.
kratos-1060005 = Aby odzyskać konto, wpisz w całości swój adres odzyskiwania.
kratos-1060006 = Jak chcesz odzyskać konto?
kratos-1060007 = Wstecz

## Labels

kratos-1070001 = Hasło
kratos-1070003 = Zapisz
kratos-1070004 = Adres e-mail, numer telefonu lub nazwa użytkownika
kratos-1070005 = Prześlij
kratos-1070006 = Zweryfikuj kod
kratos-1070007 = Adres e-mail
kratos-1070008 = Wyślij kod ponownie
kratos-1070009 = Dalej
kratos-1070010 = Kod odzyskiwania
kratos-1070011 = Kod weryfikacyjny
kratos-1070012 = Kod rejestracyjny
kratos-1070013 = Kod logowania
kratos-1070014 = Zaloguj się i połącz
kratos-1070015 = Aby kontynuować, potwierdź, że jesteś człowiekiem.
kratos-1070016 = Adres odzyskiwania
kratos-1070017 = Numer telefonu
kratos-1070018 = Adres e-mail lub numer telefonu

## Verification

kratos-1080001 = E-mail z linkiem weryfikacyjnym został wysłany na podany adres. Jeśli nie dotarł, sprawdź pisownię i użyj adresu podanego przy rejestracji.
kratos-1080002 = Adres e-mail został zweryfikowany.
kratos-1080003 = E-mail z kodem weryfikacyjnym został wysłany na podany adres. Jeśli nie dotarł, sprawdź pisownię i użyj adresu podanego przy rejestracji.
kratos-1080004 = SMS z kodem weryfikacyjnym został wysłany na podany numer telefonu. Jeśli nie dotarł, sprawdź numer i użyj tego, który podano przy rejestracji.
kratos-1080005 = Numer telefonu został zweryfikowany.

## Errors of fields. The reason of Kratos, in English, follows 4000001, 4000005 and 5000001.

kratos-4000001 = Sprawdź tę wartość.
kratos-4000002 = Brak wartości w polu „{ $property }”.
    .field = Wypełnij to pole.
kratos-4000003 =
    { $min_length ->
        [one] Wpisz co najmniej { $min_length } znak.
        [few] Wpisz co najmniej { $min_length } znaki.
        [many] Wpisz co najmniej { $min_length } znaków.
       *[other] Wpisz co najmniej { $min_length } znaku.
    }
kratos-4000004 = Ta wartość ma nieprawidłowy format.
kratos-4000005 = Nie można użyć tego hasła.
kratos-4000006 = Te dane są nieprawidłowe. Sprawdź pisownię hasła oraz nazwy użytkownika, adresu e-mail lub numeru telefonu.
kratos-4000007 = Konto z tym adresem e-mail, numerem telefonu lub nazwą użytkownika już istnieje.
kratos-4000008 = Ten kod uwierzytelniający jest nieprawidłowy. Spróbuj ponownie.
kratos-4000009 = Nie podano danych do logowania, na przykład adresu e-mail. Wypełnij formularz ponownie.
kratos-4000010 = To konto nie jest jeszcze aktywne. Najpierw zweryfikuj adres e-mail.
kratos-4000011 = Nie skonfigurowano aplikacji uwierzytelniającej.
kratos-4000012 = Ten kod zapasowy został już użyty.
kratos-4000013 = Nie skonfigurowano klucza bezpieczeństwa.
kratos-4000014 = Nie masz kodów zapasowych.
kratos-4000015 = To konto nie istnieje lub nie ma klucza bezpieczeństwa.
kratos-4000016 = Ten kod zapasowy jest nieprawidłowy.
kratos-4000017 =
    { $max_length ->
        [one] Wpisz maksymalnie { $max_length } znak.
        [few] Wpisz maksymalnie { $max_length } znaki.
        [many] Wpisz maksymalnie { $max_length } znaków.
       *[other] Wpisz maksymalnie { $max_length } znaku.
    }
kratos-4000018 = Wpisz liczbę nie mniejszą niż { $minimum }.
kratos-4000019 = Wpisz liczbę większą niż { $minimum }.
kratos-4000020 = Wpisz liczbę nie większą niż { $maximum }.
kratos-4000021 = Wpisz liczbę mniejszą niż { $maximum }.
kratos-4000022 = Wpisz wielokrotność liczby { $base }.
kratos-4000023 =
    { $max_items ->
        [one] Dodaj maksymalnie { $max_items } pozycję.
        [few] Dodaj maksymalnie { $max_items } pozycje.
        [many] Dodaj maksymalnie { $max_items } pozycji.
       *[other] Dodaj maksymalnie { $max_items } pozycji.
    }
kratos-4000024 =
    { $min_items ->
        [one] Dodaj co najmniej { $min_items } pozycję.
        [few] Dodaj co najmniej { $min_items } pozycje.
        [many] Dodaj co najmniej { $min_items } pozycji.
       *[other] Dodaj co najmniej { $min_items } pozycji.
    }
kratos-4000025 = Pozycje nie mogą się powtarzać.
kratos-4000026 = Ta wartość ma nieprawidłowy typ. Oczekiwany typ: { $allowed_types }.
kratos-4000027 = Konto z tym adresem e-mail, numerem telefonu lub nazwą użytkownika już istnieje. Zaloguj się na nie, aby połączyć swój profil.
kratos-4000028 = Inne konto korzysta już z „{ $credential_identifier_hint }”.
    .unknown = Inne konto korzysta już z tego adresu e-mail, numeru telefonu lub nazwy użytkownika.
    .methods = Sposoby logowania na to konto: { $methods }.
    .providers = Serwisy, przez które można się zalogować na to konto: { $providers }.
kratos-4000029 = Wymagana wartość to „{ $expected }”.
kratos-4000030 = Ta wartość różni się od oczekiwanej.
kratos-4000031 = To hasło jest zbyt podobne do adresu e-mail lub nazwy użytkownika.
kratos-4000032 =
    { $min_length ->
        [one] Hasło musi mieć co najmniej { $min_length } znak.
        [few] Hasło musi mieć co najmniej { $min_length } znaki.
        [many] Hasło musi mieć co najmniej { $min_length } znaków.
       *[other] Hasło musi mieć co najmniej { $min_length } znaku.
    }
kratos-4000033 =
    { $max_length ->
        [one] Hasło może mieć maksymalnie { $max_length } znak.
        [few] Hasło może mieć maksymalnie { $max_length } znaki.
        [many] Hasło może mieć maksymalnie { $max_length } znaków.
       *[other] Hasło może mieć maksymalnie { $max_length } znaku.
    }
kratos-4000034 = To hasło znaleziono w wykradzionych danych. Wybierz inne.
kratos-4000035 = To konto nie istnieje lub nie można się na nie zalogować za pomocą kodu.
kratos-4000036 = Te dane różnią się od podanych wcześniej.
kratos-4000037 = To konto nie istnieje lub nie ma żadnego sposobu logowania.
kratos-4000038 = Nie udało się potwierdzić, że jesteś człowiekiem. Spróbuj ponownie.
kratos-4000039 = Nowe hasło musi się różnić od starego.
kratos-4000040 = Wpisz prawidłowy adres e-mail.
kratos-4000041 = Wpisz prawidłowy numer telefonu.
kratos-4000042 = Nie skonfigurowano klucza urządzenia.
kratos-4000043 = Klucz bezpieczeństwa nie został zaakceptowany. Spróbuj ponownie.
kratos-4000044 = Klucz urządzenia nie został zaakceptowany.
kratos-4000045 = Tego klucza urządzenia nie można już używać. Skonfiguruj urządzenie ponownie.
kratos-4000046 = Ten klucz urządzenia jest zbyt stary, aby go używać. Skonfiguruj urządzenie ponownie.

## Errors of forms

kratos-4010001 = Ten formularz wygasł. Zaloguj się ponownie.
kratos-4010002 = Nie udało się zalogować. Sprawdź wpisane dane.
kratos-4010003 = Nie udało się zarejestrować. Sprawdź wpisane dane.
kratos-4010004 = Nie udało się zapisać ustawień. Sprawdź wpisane dane.
kratos-4010005 = Nie udało się odzyskać konta. Sprawdź wpisane dane.
kratos-4010006 = Nie udało się zweryfikować adresu. Sprawdź wpisane dane.
kratos-4010007 = To żądanie zostało już zrealizowane i nie można go powtórzyć.
kratos-4010008 = Ten kod logowania jest nieprawidłowy lub został już użyty. Spróbuj ponownie.
kratos-4010009 = To nie jest konto, które ma zostać połączone.
kratos-4010010 = Ten adres nie jest przypisany do Twojego konta.
kratos-4010011 = To konto jest wyłączone. Skontaktuj się z pomocą techniczną.
kratos-4040001 = Ten formularz wygasł. Zarejestruj się ponownie.
kratos-4040002 = To żądanie zostało już zrealizowane i nie można go powtórzyć.
kratos-4040003 = Ten kod rejestracyjny jest nieprawidłowy lub został już użyty. Spróbuj ponownie.
kratos-4050001 = Ten formularz wygasł. Spróbuj ponownie.
kratos-4050002 = Jednocześnie można zmienić tylko jeden adres. Zapisz każdą zmianę osobno.
kratos-4060001 = To żądanie zostało już zrealizowane i nie można go powtórzyć.
kratos-4060002 = Nie udało się odzyskać konta. Zacznij od początku.
kratos-4060003 = Link do odzyskania konta jest niekompletny. Zacznij od początku.
kratos-4060004 = Ten link do odzyskania konta jest nieprawidłowy lub został już użyty. Zacznij od początku.
kratos-4060005 = Ten formularz wygasł. Zacznij odzyskiwanie konta od początku.
kratos-4060006 = Ten kod odzyskiwania jest nieprawidłowy lub został już użyty. Spróbuj ponownie.
kratos-4070001 = Ten link weryfikacyjny jest nieprawidłowy lub został już użyty. Zacznij od początku.
kratos-4070002 = To żądanie zostało już zrealizowane i nie można go powtórzyć.
kratos-4070003 = Weryfikacja nie powiodła się. Zacznij od początku.
kratos-4070004 = Link weryfikacyjny jest niekompletny. Zacznij od początku.
kratos-4070005 = Ten formularz wygasł. Zacznij weryfikację od początku.
kratos-4070006 = Ten kod weryfikacyjny jest nieprawidłowy lub został już użyty. Spróbuj ponownie.
kratos-5000001 = Coś poszło nie tak.
kratos-5000002 = Obecnie nie ma możliwości zalogowania się. Skontaktuj się z administratorem.
kratos-5000003 = Twoja organizacja wymaga logowania za pomocą konta firmowego, ale nie zostało ono skonfigurowane. Skontaktuj się z administratorem.

## Phrases of the pages: titles of pages and of the sections of the settings

login-title = Zaloguj się
refresh-title = Potwierdź, że to Ty
second_factor-title = Zaloguj się
second_factor-subtitle = Uwierzytelnianie dwuskładnikowe
registration-title = Utwórz konto
recovery-title = Odzyskaj konto
verification-title = Zweryfikuj adres
settings-title = Ustawienia konta
sections-title = Na tej stronie
section-profile = Profil
section-password = Hasło
section-oidc = Logowanie przez inne serwisy
section-saml = Logowanie przez konto firmowe
section-totp = Aplikacja uwierzytelniająca
section-passkey = Klucze dostępu
section-webauthn = Klucze bezpieczeństwa
section-deviceauthn = Klucze urządzeń
section-lookup_secret = Kody zapasowe
section-other = Więcej

## Inside forms

or = lub
submit = Prześlij
no_choice = Brak
field-optional = opcjonalnie
field-date_time = Data, godzina i strefa czasowa, na przykład 2026-11-28T09:30:00Z
list-add = Dodaj pozycję
list-remove = Aby usunąć pozycję, odznacz ją.
password-new = Nowe hasło
password-show = Pokaż hasło
code-sent_to = Kod wysłano na:
code-enter = Wpisz otrzymany kod. Jeśli nie dotrze, sprawdź folder ze spamem lub wyślij kod ponownie.
totp-enter = Otwórz aplikację uwierzytelniającą i wpisz wyświetlany w niej kod.
lookup_secret-enter = Wpisz jeden z kodów zapasowych. Każdego kodu można użyć tylko raz.
lookup_secret-confirm = Zachowaj te kody w bezpiecznym miejscu, a następnie je potwierdź. Wcześniej nie będą działać.
needs_script = Potrzebne są do tego JavaScript i przeglądarka obsługująca klucze dostępu lub klucze bezpieczeństwa.
needs_script-profile = Ta zmiana wymaga JavaScriptu: bez niego inne dane z profilu zostałyby utracone.
needs_script-captcha = Ten formularz wymaga JavaScriptu: sprawdza, czy nie jesteś robotem.
nothing_to_do = Nie ma tu nic do zrobienia.
no_second_factor = Nie skonfigurowano jeszcze uwierzytelniania dwuskładnikowego. Możesz to zrobić w ustawieniach konta.
unusable = Nie można użyć tego formularza: jego cel nie jest adresem internetowym.

## Links

link-recovery = Nie pamiętasz hasła?
link-recovery_code = Masz problem z logowaniem?
link-registration-before = Nie masz konta?
link-registration = Zarejestruj się
link-login-before = Masz już konto?
link-login = Zaloguj się
link-other_account = Użyj innego konta
link-verification = Zweryfikuj adres
link-settings = Ustawienia konta
link-logout = Wyloguj się
link-home = Strona główna
link-try_again = Spróbuj ponownie
link-confirm = Potwierdź, że to Ty
link-continue = Dalej
link-back = Wstecz

## Errors and refusals

error-title = Coś poszło nie tak
error-unknown = Ten błąd nie ma opisu.
error-details = Szczegóły
refused-not_signed_in = Nie zalogowano się.
refused-forbidden = Nie masz dostępu do tej strony.
refused-confirm = Potwierdź, że to Ty, i spróbuj ponownie.
refused-second_factor = Ta strona wymaga uwierzytelniania dwuskładnikowego.
refused-verify = Najpierw zweryfikuj adres.
refused-no_progress = Nie udało się zalogować. Zezwól na pliki cookie i spróbuj ponownie.
refused-no_flow = Ten formularz wygasł.
refused-cross_site = To żądanie zostało wysłane przez inną witrynę. Nie wykonano żadnych działań.
refused-rate_limited = Zbyt wiele żądań. Spróbuj ponownie za chwilę.
refused-unavailable = Nie można teraz sprawdzić Twojej sesji. Nie nastąpiło wylogowanie; spróbuj ponownie za chwilę.
refused-other = Nie można obsłużyć tego żądania.

## Consent, logout and devices of an OAuth 2 provider

consent-title = { $client } chce korzystać z Twojego konta
consent-unnamed = Aplikacja
consent-scopes = Prosi o dostęp wymieniony poniżej. Jego części można odrzucić.
consent-accept = Zezwól
consent-reject = Nie zezwalaj
consent-remember = Nie pytaj ponownie w przypadku tej aplikacji
consent-terms = Warunki korzystania z aplikacji
consent-policy = Polityka prywatności aplikacji
consent-other_account = Aplikacja oczekuje innego konta niż to, na które jesteś zalogowany(-a).
consent-anew = Zaloguj się na inne konto
scope-openid = Potwierdzenie tożsamości
scope-profile = Dostęp do imienia, nazwiska i profilu
scope-email = Dostęp do adresu e-mail
scope-phone = Dostęp do numeru telefonu
scope-address = Dostęp do adresu pocztowego
scope-offline_access = Utrzymanie połączenia pod Twoją nieobecność
scope-unknown = Użycie „{ $scope }”
logout-question = Czy chcesz się wylogować?
logout-client = { $client } prosi o wylogowanie tutaj i w aplikacjach otwartych z tego miejsca.
logout-stay = Nie wylogowuj
device-title = Połącz urządzenie
device-question = Wpisz kod wyświetlany na urządzeniu. Kontynuuj tylko wtedy, gdy rozpoczęto to na urządzeniu przed Tobą.
device-code = Kod
device-wrong = Ten kod jest nieprawidłowy lub wygasł.
device-done = Urządzenie jest połączone. Możesz zamknąć tę stronę.
provider-expired = To żądanie wygasło lub udzielono już na nie odpowiedzi. Zacznij od nowa w aplikacji.
provider-unavailable = Teraz nie można tego zrobić. Spróbuj ponownie za chwilę.
provider-error = Aplikacja nie może Cię zalogować.

## Sessions and devices, and deleting the account

devices-title = Sesje i urządzenia
devices-current = To urządzenie
devices-unknown = Nieznane urządzenie
devices-name = { $browser }, { $system }
devices-signed_in = Logowanie: { $time }
devices-two_factors = Z dwoma składnikami
devices-from = Miejsce: { $place }
devices-revoke = Wyloguj: { $device }
devices-revoke_others = Wyloguj wszystkie inne urządzenia
devices-alone = Nie ma innych aktywnych logowań.
ago-now = przed chwilą
ago-minutes =
    { $n ->
        [one] 1 minutę temu
        [few] { $n } minuty temu
        [many] { $n } minut temu
       *[other] { $n } minuty temu
    }
ago-hours =
    { $n ->
        [one] 1 godzinę temu
        [few] { $n } godziny temu
        [many] { $n } godzin temu
       *[other] { $n } godziny temu
    }
ago-days =
    { $n ->
        [one] 1 dzień temu
        [few] { $n } dni temu
        [many] { $n } dni temu
       *[other] { $n } dnia temu
    }
delete-title = Usuń konto
delete-warning = Konto i cała jego zawartość zostaną usunięte. Tej operacji nie można cofnąć.
delete-confirm = Chcę trwale usunąć moje konto
delete-button = Usuń moje konto
delete-failed = Nie udało się usunąć konta. Spróbuj ponownie później.
