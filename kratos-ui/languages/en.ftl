# English. See ../languages/README.md for what each kind of entry is.

## The language

date-time =
    { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }, { $clock } UTC
list-separator = {", "}
sentence-separator = {" "}

## Ways to sign in, and types of values, inside a message

method-code = a code
method-deviceauthn = a device key
method-oidc = social sign-in
method-passkey = a passkey
method-password = a password
method-saml = company sign-in
method-webauthn = a security key
type-array = list
type-boolean = yes or no
type-integer = whole number
type-null = nothing
type-number = number
type-object = group of fields
type-string = text

## Login

kratos-1010001 = Sign in
kratos-1010002 = Sign in with { $provider }
kratos-1010003 = Please confirm this action by verifying that it is you.
kratos-1010004 = Please confirm with your second factor to sign in.
kratos-1010005 = Verify
kratos-1010006 = Authentication code
kratos-1010007 = Backup code
kratos-1010008 = Sign in with a security key
kratos-1010009 = Use the authenticator app
kratos-1010010 = Use a backup code
kratos-1010011 = Continue with a security key
kratos-1010012 = Prepare your security key, or the fingerprint or face recognition of your device, and continue.
kratos-1010013 = Continue
kratos-1010014 = A code was sent to the address you provided. If you did not receive it, check the spelling of the address and try again.
kratos-1010015 = Send a sign-in code
kratos-1010016 = You tried to sign in as “{ $duplicate_identifier }”, but another account already uses this address. Sign in to that account to add { $provider } as another way to sign in.
kratos-1010017 = Sign in and link
kratos-1010018 = Confirm with { $provider }
kratos-1010019 = Request a code to continue
kratos-1010020 = We will send a code to { $masked_to }. To confirm that this is your address, please enter it here.
kratos-1010021 = Sign in with a passkey
kratos-1010022 = Sign in with a password
kratos-1010023 = Send a code to { $address }
kratos-1010024 = Sign in with a device key
kratos-1010025 = A code was sent to your address. If you did not receive it, please try again.

## Registration

kratos-1040001 = Sign up
kratos-1040002 = Sign up with { $provider }
kratos-1040003 = Continue
kratos-1040004 = Sign up with a security key
kratos-1040005 = A code was sent to the addresses you provided. If you did not receive it, check the spelling of the address and sign up again.
kratos-1040006 = Send a sign-up code
kratos-1040007 = Sign up with a passkey
kratos-1040008 = Back
kratos-1040009 = Choose how you want to sign in from now on.

## Settings

kratos-1050001 = Your changes have been saved.
kratos-1050002 = Link { $provider }
kratos-1050003 = Unlink { $provider }
kratos-1050004 = Remove the authenticator app
kratos-1050005 = QR code for the authenticator app
kratos-1050007 = Show backup codes
kratos-1050008 = Create new backup codes
kratos-1050010 = These are your backup codes. Keep them in a safe place.
kratos-1050011 = Confirm the backup codes
kratos-1050012 = Add a security key
kratos-1050013 = Name of the security key
kratos-1050014 = Used on { $used_at }
kratos-1050016 = Remove the backup codes
kratos-1050017 = If you cannot scan the QR code, enter this key in the authenticator app.
kratos-1050018 = Remove the security key “{ $display_name }”
kratos-1050019 = Add a passkey
kratos-1050020 = Remove the passkey “{ $display_name }”
kratos-1050021 = Remove the device key
kratos-1050022 = One-time value of the device key
kratos-1050023 = Your organization manages your account. To change these settings, contact your administrator.

## Recovery

kratos-1060001 =
    { $minutes ->
        [one] Your account is recovered. Change your password, or set up another way to sign in, within the next minute.
       *[other] Your account is recovered. Change your password, or set up another way to sign in, within the next { $minutes } minutes.
    }
kratos-1060002 = An email with a recovery link was sent to the address you provided. If you did not receive it, check the spelling of the address and use the one you signed up with.
kratos-1060003 = An email with a recovery code was sent to the address you provided. If you did not receive it, check the spelling of the address and use the one you signed up with.
kratos-1060004 = A recovery code was sent to { $masked_address }. If you did not receive it, check the spelling of the address and use the one you signed up with.
kratos-1060005 = To recover your account, enter your recovery address in full.
kratos-1060006 = How do you want to recover your account?
kratos-1060007 = Back

## Labels

kratos-1070001 = Password
kratos-1070003 = Save
kratos-1070004 = Email, phone number or user name
kratos-1070005 = Submit
kratos-1070006 = Verify the code
kratos-1070007 = Email
kratos-1070008 = Resend the code
kratos-1070009 = Continue
kratos-1070010 = Recovery code
kratos-1070011 = Verification code
kratos-1070012 = Registration code
kratos-1070013 = Sign-in code
kratos-1070014 = Sign in and link
kratos-1070015 = Please show that you are human to continue.
kratos-1070016 = Recovery address
kratos-1070017 = Phone number
kratos-1070018 = Email or phone number

## Verification

kratos-1080001 = An email with a verification link was sent to the address you provided. If you did not receive it, check the spelling of the address and use the one you signed up with.
kratos-1080002 = Your email address is verified.
kratos-1080003 = An email with a verification code was sent to the address you provided. If you did not receive it, check the spelling of the address and use the one you signed up with.
kratos-1080004 = A text message with a verification code was sent to the phone number you provided. If you did not receive it, check the number and use the one you signed up with.
kratos-1080005 = Your phone number is verified.

## Errors of fields. The reason of Kratos, in English, follows 4000001, 4000005 and 5000001.

kratos-4000001 = Please check this value.
kratos-4000002 = “{ $property }” is missing.
    .field = Please fill in this field.
kratos-4000003 =
    { $min_length ->
        [one] Enter at least { $min_length } character.
       *[other] Enter at least { $min_length } characters.
    }
kratos-4000004 = This value does not have the expected format.
kratos-4000005 = This password cannot be used.
kratos-4000006 = These details are not correct. Check the spelling of your password and of your user name, email address or phone number.
kratos-4000007 = An account with this email address, phone number or user name exists already.
kratos-4000008 = This authentication code is not valid. Please try again.
kratos-4000009 = Nothing to sign in with was entered, such as an email address. Please fill in the form again.
kratos-4000010 = This account is not active yet. Please verify your email address first.
kratos-4000011 = You have not set up an authenticator app.
kratos-4000012 = This backup code has already been used.
kratos-4000013 = You have not set up a security key.
kratos-4000014 = You have no backup codes.
kratos-4000015 = This account does not exist or has no security key.
kratos-4000016 = This backup code is not valid.
kratos-4000017 =
    { $max_length ->
        [one] Enter at most { $max_length } character.
       *[other] Enter at most { $max_length } characters.
    }
kratos-4000018 = Enter a number of at least { $minimum }.
kratos-4000019 = Enter a number greater than { $minimum }.
kratos-4000020 = Enter a number of at most { $maximum }.
kratos-4000021 = Enter a number less than { $maximum }.
kratos-4000022 = Enter a multiple of { $base }.
kratos-4000023 =
    { $max_items ->
        [one] Enter at most { $max_items } entry.
       *[other] Enter at most { $max_items } entries.
    }
kratos-4000024 =
    { $min_items ->
        [one] Enter at least { $min_items } entry.
       *[other] Enter at least { $min_items } entries.
    }
kratos-4000025 = Each entry may appear only once.
kratos-4000026 = This value has the wrong type. Expected: { $allowed_types }.
kratos-4000027 = An account with this email address, phone number or user name exists already. Sign in to it to link your profile.
kratos-4000028 = Another account already uses “{ $credential_identifier_hint }”.
    .unknown = Another account already uses this email address, phone number or user name.
    .methods = You can sign in to it with: { $methods }.
    .providers = You can sign in to it through: { $providers }.
kratos-4000029 = This value must be “{ $expected }”.
kratos-4000030 = This value is not the expected one.
kratos-4000031 = This password is too similar to your email address or user name.
kratos-4000032 =
    { $min_length ->
        [one] The password must have at least { $min_length } character.
       *[other] The password must have at least { $min_length } characters.
    }
kratos-4000033 =
    { $max_length ->
        [one] The password must have at most { $max_length } character.
       *[other] The password must have at most { $max_length } characters.
    }
kratos-4000034 = This password was found in stolen data. Please choose another one.
kratos-4000035 = This account does not exist or cannot sign in with a code.
kratos-4000036 = These details are not those that you entered before.
kratos-4000037 = This account does not exist or has no way to sign in.
kratos-4000038 = The check that you are human failed. Please try again.
kratos-4000039 = The new password must differ from the old one.
kratos-4000040 = Enter a valid email address.
kratos-4000041 = Enter a valid phone number.
kratos-4000042 = You have not set up a device key.
kratos-4000043 = The security key was not accepted. Please try again.
kratos-4000044 = The device key was not accepted.
kratos-4000045 = This device key can no longer be used. Please set up your device again.
kratos-4000046 = This device key is too old to be used. Please set up your device again.

## Errors of forms

kratos-4010001 = This form has expired. Please sign in again.
kratos-4010002 = You could not be signed in. Please check what you entered.
kratos-4010003 = You could not be signed up. Please check what you entered.
kratos-4010004 = Your settings could not be saved. Please check what you entered.
kratos-4010005 = Your account could not be recovered. Please check what you entered.
kratos-4010006 = Your address could not be verified. Please check what you entered.
kratos-4010007 = This request has already succeeded and cannot be repeated.
kratos-4010008 = This sign-in code is not valid or has already been used. Please try again.
kratos-4010009 = This is not the account to be linked.
kratos-4010010 = This address does not belong to your account.
kratos-4010011 = This account is disabled. Please contact support.
kratos-4040001 = This form has expired. Please sign up again.
kratos-4040002 = This request has already succeeded and cannot be repeated.
kratos-4040003 = This registration code is not valid or has already been used. Please try again.
kratos-4050001 = This form has expired. Please try again.
kratos-4050002 = You can change only one address at a time. Please save each change on its own.
kratos-4060001 = This request has already succeeded and cannot be repeated.
kratos-4060002 = The recovery failed. Please start again.
kratos-4060003 = The recovery link is incomplete. Please start again.
kratos-4060004 = This recovery link is not valid or has already been used. Please start again.
kratos-4060005 = This form has expired. Please start the recovery again.
kratos-4060006 = This recovery code is not valid or has already been used. Please try again.
kratos-4070001 = This verification link is not valid or has already been used. Please start again.
kratos-4070002 = This request has already succeeded and cannot be repeated.
kratos-4070003 = The verification failed. Please start again.
kratos-4070004 = The verification link is incomplete. Please start again.
kratos-4070005 = This form has expired. Please start the verification again.
kratos-4070006 = This verification code is not valid or has already been used. Please try again.
kratos-5000001 = Something went wrong.
kratos-5000002 = There is no way to sign in at the moment. Please contact the administrator.
kratos-5000003 = Your organization requires company sign-in, which is not set up. Please contact your administrator.

## Phrases of the pages: titles of pages and of the sections of the settings

login-title = Sign in
refresh-title = Confirm that it is you
second_factor-title = Sign in
second_factor-subtitle = Second factor authentication
registration-title = Create an account
recovery-title = Recover your account
verification-title = Verify your address
settings-title = Account settings
sections-title = On this page
section-profile = Profile
section-password = Password
section-oidc = Social sign-in
section-saml = Company sign-in
section-totp = Authenticator app
section-passkey = Passkeys
section-webauthn = Security keys
section-deviceauthn = Device keys
section-lookup_secret = Backup codes
section-other = More

## Inside forms

or = or
submit = Submit
no_choice = None
field-optional = optional
field-date_time = Date, time and time zone, for example 2026-11-28T09:30:00Z
list-add = Add an entry
list-remove = To remove an entry, clear its check mark.
password-new = New password
password-show = Show password
code-sent_to = The code was sent to:
code-enter = Enter the code that we sent you. If it does not arrive, look in your spam folder or have it sent again.
totp-enter = Open your authenticator app and enter the code that it shows.
lookup_secret-enter = Enter one of your backup codes. Each code works only once.
lookup_secret-confirm = Keep these codes in a safe place, then confirm them. They do not work before.
needs_script = This requires JavaScript and a browser that supports passkeys or security keys.
needs_script-profile = Changing this requires JavaScript: without it, other entries of your profile would be lost.
needs_script-captcha = This form requires JavaScript: it checks that you are not a robot.
nothing_to_do = There is nothing to do here.
no_second_factor = You have not set up a second factor yet. You can do that in your account settings.
unusable = This form cannot be used: its target is not a web address.

## Links

link-recovery = Forgot your password?
link-recovery_code = Trouble signing in?
link-registration-before = No account yet?
link-registration = Sign up
link-login-before = Already have an account?
link-login = Sign in
link-other_account = Use another account
link-verification = Verify your address
link-settings = Account settings
link-logout = Sign out
link-home = Home
link-try_again = Try again
link-confirm = Confirm that it is you
link-continue = Continue
link-back = Back

## Errors and refusals

error-title = Something went wrong
error-unknown = The error has no description.
error-details = Details
refused-not_signed_in = You are not signed in.
refused-forbidden = You do not have access to this page.
refused-confirm = Please confirm that it is you, and try again.
refused-second_factor = This page requires a second factor.
refused-verify = Please verify your address first.
refused-no_progress = Signing in did not work. Please allow cookies, and try again.
refused-no_flow = This form has expired.
refused-cross_site = Another site sent this request. Nothing was done.
refused-rate_limited = Too many requests. Please try again in a moment.
refused-unavailable = Your session cannot be checked right now. You have not been signed out; please try again in a moment.
refused-other = This request cannot be answered.

## Consent, logout and devices of an OAuth 2 provider

consent-title = { $client } wants to use your account
consent-unnamed = An application
consent-scopes = It asks for the following. You can refuse parts of it.
consent-accept = Allow
consent-reject = Do not allow
consent-remember = Do not ask again for this application
consent-terms = Terms of service of the application
consent-policy = Privacy policy of the application
consent-other_account = The application waits for another account than the one that you are signed in with.
consent-anew = Sign in with the other account
scope-openid = Confirm who you are
scope-profile = See your name and profile
scope-email = See your email address
scope-phone = See your telephone number
scope-address = See your postal address
scope-offline_access = Stay connected while you are away
scope-unknown = Use “{ $scope }”
logout-question = Do you want to sign out?
logout-client = { $client } asks to sign you out here and in the applications that you opened from here.
logout-stay = Stay signed in
device-title = Connect a device
device-question = Enter the code that your device shows. Go on only if you started this on a device in front of you.
device-code = Code
device-wrong = This code is wrong or has expired.
device-done = Your device is connected. You can close this page.
provider-expired = This request has expired or was already answered. Please start again in the application.
provider-unavailable = This cannot be done right now. Please try again in a moment.
provider-error = The application cannot sign you in.

## Sessions and devices, and deleting the account

devices-title = Sessions and devices
devices-current = This device
devices-unknown = Unknown device
devices-name = { $browser } on { $system }
devices-signed_in = Signed in on { $time }
devices-two_factors = With two factors
devices-from = From { $place }
devices-revoke = Sign out: { $device }
devices-revoke_others = Sign out all other devices
devices-alone = You are not signed in anywhere else.
ago-now = just now
ago-minutes =
    { $n ->
        [one] 1 minute ago
       *[other] { $n } minutes ago
    }
ago-hours =
    { $n ->
        [one] 1 hour ago
       *[other] { $n } hours ago
    }
ago-days =
    { $n ->
        [one] 1 day ago
       *[other] { $n } days ago
    }
delete-title = Delete your account
delete-warning = Your account and everything in it will be deleted. This cannot be undone.
delete-confirm = I want to delete my account for good
delete-button = Delete my account
delete-failed = Your account could not be deleted. Please try again later.
