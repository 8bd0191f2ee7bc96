# Svenska. See ../languages/README.md for what each kind of entry is.

## The language

date-time =
    { $day } { $month ->
        [1] januari
        [2] februari
        [3] mars
        [4] april
        [5] maj
        [6] juni
        [7] juli
        [8] augusti
        [9] september
        [10] oktober
        [11] november
       *[12] december
    } { $year } kl. { $clock } UTC
list-separator = {", "}
sentence-separator = {" "}

## Ways to sign in, and types of values, inside a message

method-code = kod
method-deviceauthn = enhetsnyckel
method-oidc = konto hos en annan tjänst
method-passkey = nyckel
method-password = lösenord
method-saml = företagskonto
method-webauthn = säkerhetsnyckel
type-array = lista
type-boolean = ja eller nej
type-integer = heltal
type-null = inget värde
type-number = tal
type-object = grupp av fält
type-string = text

## Login

kratos-1010001 = Logga in
kratos-1010002 = Logga in med { $provider }
kratos-1010003 = För att fortsätta behöver du bekräfta att det är du.
kratos-1010004 = Slutför tvåfaktorsautentiseringen för att logga in.
kratos-1010005 = Verifiera
kratos-1010006 = Autentiseringskod
kratos-1010007 = Reservkod
kratos-1010008 = Logga in med säkerhetsnyckel
kratos-1010009 = Använd autentiseringsappen
kratos-1010010 = Använd en reservkod
kratos-1010011 = Fortsätt med säkerhetsnyckel
kratos-1010012 = Ha din säkerhetsnyckel eller enhetens fingeravtrycks- eller ansiktsigenkänning redo och fortsätt.
kratos-1010013 = Fortsätt
kratos-1010014 = En kod har skickats till adressen du angav. Om den inte kommer fram kontrollerar du att adressen är rättstavad och försöker igen.
kratos-1010015 = Skicka inloggningskod
kratos-1010016 = Du försökte logga in som ”{ $duplicate_identifier }”, men adressen används redan av ett annat konto. Logga in på det kontot för att lägga till { $provider } som ytterligare ett sätt att logga in.
kratos-1010017 = Logga in och länka
kratos-1010018 = Bekräfta med { $provider }
kratos-1010019 = Begär en kod för att fortsätta
kratos-1010020 = Vi skickar en kod till { $masked_to }. Bekräfta att adressen är din genom att skriva in hela adressen här.
kratos-1010021 = Logga in med nyckel
kratos-1010022 = Logga in med lösenord
kratos-1010023 = Skicka en kod till { $address }
kratos-1010024 = Logga in med enhetsnyckel
kratos-1010025 = En kod har skickats till din adress. Försök igen om den inte kommer fram.

## Registration

kratos-1040001 = Registrera dig
kratos-1040002 = Registrera dig med { $provider }
kratos-1040003 = Fortsätt
kratos-1040004 = Registrera dig med säkerhetsnyckel
kratos-1040005 = En kod har skickats till adresserna du angav. Om den inte kommer fram kontrollerar du att adressen är rättstavad och registrerar dig igen.
kratos-1040006 = Skicka registreringskod
kratos-1040007 = Registrera dig med nyckel
kratos-1040008 = Tillbaka
kratos-1040009 = Välj hur du vill logga in i fortsättningen.

## Settings

kratos-1050001 = Dina ändringar har sparats.
kratos-1050002 = Länka { $provider }
kratos-1050003 = Ta bort länken till { $provider }
kratos-1050004 = Ta bort autentiseringsappen
kratos-1050005 = QR-kod för autentiseringsappen
kratos-1050007 = Visa reservkoder
kratos-1050008 = Skapa nya reservkoder
kratos-1050010 = Det här är dina reservkoder. Förvara dem på ett säkert ställe.
kratos-1050011 = Bekräfta reservkoderna
kratos-1050012 = Lägg till en säkerhetsnyckel
kratos-1050013 = Säkerhetsnyckelns namn
kratos-1050014 = Användes { $used_at }
kratos-1050016 = Ta bort reservkoderna
kratos-1050017 = Om du inte kan skanna QR-koden anger du den här nyckeln i autentiseringsappen.
kratos-1050018 = Ta bort säkerhetsnyckeln ”{ $display_name }”
kratos-1050019 = Lägg till en nyckel
kratos-1050020 = Ta bort nyckeln ”{ $display_name }”
kratos-1050021 = Ta bort enhetsnyckeln
kratos-1050022 = Engångsvärde för enhetsnyckeln
kratos-1050023 = Ditt konto hanteras av din organisation. Kontakta administratören om du vill ändra de här inställningarna.

## Recovery

kratos-1060001 =
    { $minutes ->
        [one] Ditt konto har återställts. Inom en minut behöver du byta lösenord eller lägga till ett annat sätt att logga in.
       *[other] Ditt konto har återställts. Inom { $minutes } minuter behöver du byta lösenord eller lägga till ett annat sätt att logga in.
    }
kratos-1060002 = Ett mejl med en återställningslänk har skickats till adressen du angav. Om det inte kommer fram kontrollerar du stavningen och använder adressen du registrerade dig med.
kratos-1060003 = Ett mejl med en återställningskod har skickats till adressen du angav. Om det inte kommer fram kontrollerar du stavningen och använder adressen du registrerade dig med.
kratos-1060004 = En återställningskod har skickats till { $masked_address }. Om den inte kommer fram kontrollerar du stavningen och använder adressen du registrerade dig med.
kratos-1060005 = Skriv in hela din återställningsadress för att återställa kontot.
kratos-1060006 = Hur vill du återställa kontot?
kratos-1060007 = Tillbaka

## Labels

kratos-1070001 = Lösenord
kratos-1070003 = Spara
kratos-1070004 = E-postadress, telefonnummer eller användarnamn
kratos-1070005 = Skicka
kratos-1070006 = Verifiera koden
kratos-1070007 = E-postadress
kratos-1070008 = Skicka koden igen
kratos-1070009 = Fortsätt
kratos-1070010 = Återställningskod
kratos-1070011 = Verifieringskod
kratos-1070012 = Registreringskod
kratos-1070013 = Inloggningskod
kratos-1070014 = Logga in och länka
kratos-1070015 = Bekräfta att du är en människa för att fortsätta.
kratos-1070016 = Återställningsadress
kratos-1070017 = Telefonnummer
kratos-1070018 = E-postadress eller telefonnummer

## Verification

kratos-1080001 = Ett mejl med en verifieringslänk har skickats till adressen du angav. Om det inte kommer fram kontrollerar du stavningen och använder adressen du registrerade dig med.
kratos-1080002 = Din e-postadress har verifierats.
kratos-1080003 = Ett mejl med en verifieringskod har skickats till adressen du angav. Om det inte kommer fram kontrollerar du stavningen och använder adressen du registrerade dig med.
kratos-1080004 = Ett sms med en verifieringskod har skickats till telefonnumret du angav. Om det inte kommer fram kontrollerar du numret och använder det du registrerade dig med.
kratos-1080005 = Ditt telefonnummer har verifierats.

## Errors of fields. The reason of Kratos, in English, follows 4000001, 4000005 and 5000001.

kratos-4000001 = Kontrollera det här värdet.
kratos-4000002 = ”{ $property }” saknas.
    .field = Fyll i det här fältet.
kratos-4000003 =
    { $min_length ->
        [one] Ange minst { $min_length } tecken.
       *[other] Ange minst { $min_length } tecken.
    }
kratos-4000004 = Värdet har inte rätt format.
kratos-4000005 = Det här lösenordet går inte att använda.
kratos-4000006 = Uppgifterna stämmer inte. Kontrollera stavningen av lösenordet och av användarnamnet, e-postadressen eller telefonnumret.
kratos-4000007 = Det finns redan ett konto med denna e-postadress, detta telefonnummer eller detta användarnamn.
kratos-4000008 = Autentiseringskoden är ogiltig. Försök igen.
kratos-4000009 = Du har inte angett något att logga in med, till exempel en e-postadress. Fyll i formuläret igen.
kratos-4000010 = Kontot är inte aktivt ännu. Verifiera din e-postadress först.
kratos-4000011 = Du har inte konfigurerat någon autentiseringsapp.
kratos-4000012 = Reservkoden har redan använts.
kratos-4000013 = Du har inte konfigurerat någon säkerhetsnyckel.
kratos-4000014 = Du har inga reservkoder.
kratos-4000015 = Kontot finns inte eller saknar säkerhetsnyckel.
kratos-4000016 = Reservkoden är ogiltig.
kratos-4000017 =
    { $max_length ->
        [one] Ange högst { $max_length } tecken.
       *[other] Ange högst { $max_length } tecken.
    }
kratos-4000018 = Ange ett tal som är minst { $minimum }.
kratos-4000019 = Ange ett tal som är större än { $minimum }.
kratos-4000020 = Ange ett tal som är högst { $maximum }.
kratos-4000021 = Ange ett tal som är mindre än { $maximum }.
kratos-4000022 = Ange en multipel av { $base }.
kratos-4000023 =
    { $max_items ->
        [one] Ange högst { $max_items } post.
       *[other] Ange högst { $max_items } poster.
    }
kratos-4000024 =
    { $min_items ->
        [one] Ange minst { $min_items } post.
       *[other] Ange minst { $min_items } poster.
    }
kratos-4000025 = Varje post får bara förekomma en gång.
kratos-4000026 = Värdet har fel typ. Förväntad typ: { $allowed_types }.
kratos-4000027 = Det finns redan ett konto med denna e-postadress, detta telefonnummer eller detta användarnamn. Logga in på det för att länka din profil.
kratos-4000028 = Ett annat konto använder redan ”{ $credential_identifier_hint }”.
    .unknown = Ett annat konto använder redan denna e-postadress, detta telefonnummer eller detta användarnamn.
    .methods = Du kan logga in på det med: { $methods }.
    .providers = Du kan logga in på det via: { $providers }.
kratos-4000029 = Värdet måste vara ”{ $expected }”.
kratos-4000030 = Värdet är inte det förväntade.
kratos-4000031 = Lösenordet är för likt din e-postadress eller ditt användarnamn.
kratos-4000032 =
    { $min_length ->
        [one] Lösenordet måste innehålla minst { $min_length } tecken.
       *[other] Lösenordet måste innehålla minst { $min_length } tecken.
    }
kratos-4000033 =
    { $max_length ->
        [one] Lösenordet får innehålla högst { $max_length } tecken.
       *[other] Lösenordet får innehålla högst { $max_length } tecken.
    }
kratos-4000034 = Lösenordet finns bland stulna uppgifter. Välj ett annat.
kratos-4000035 = Kontot finns inte eller tillåter inte inloggning med kod.
kratos-4000036 = Uppgifterna är inte desamma som de du angav tidigare.
kratos-4000037 = Kontot finns inte, eller så saknas ett sätt att logga in på det.
kratos-4000038 = Det gick inte att bekräfta att du är en människa. Försök igen.
kratos-4000039 = Det nya lösenordet får inte vara samma som det gamla.
kratos-4000040 = Ange en giltig e-postadress.
kratos-4000041 = Ange ett giltigt telefonnummer.
kratos-4000042 = Du har inte konfigurerat någon enhetsnyckel.
kratos-4000043 = Säkerhetsnyckeln godkändes inte. Försök igen.
kratos-4000044 = Enhetsnyckeln godkändes inte.
kratos-4000045 = Enhetsnyckeln går inte längre att använda. Konfigurera enheten igen.
kratos-4000046 = Enhetsnyckeln är för gammal för att kunna användas. Konfigurera enheten igen.

## Errors of forms

kratos-4010001 = Formuläret har upphört att gälla. Logga in igen.
kratos-4010002 = Det gick inte att logga in. Kontrollera uppgifterna du angav.
kratos-4010003 = Det gick inte att registrera dig. Kontrollera uppgifterna du angav.
kratos-4010004 = Det gick inte att spara inställningarna. Kontrollera uppgifterna du angav.
kratos-4010005 = Det gick inte att återställa kontot. Kontrollera uppgifterna du angav.
kratos-4010006 = Det gick inte att verifiera adressen. Kontrollera uppgifterna du angav.
kratos-4010007 = Begäran har redan slutförts och kan inte upprepas.
kratos-4010008 = Inloggningskoden är ogiltig eller har redan använts. Försök igen.
kratos-4010009 = Det här är inte kontot som ska länkas.
kratos-4010010 = Adressen hör inte till ditt konto.
kratos-4010011 = Kontot är inaktiverat. Kontakta supporten.
kratos-4040001 = Formuläret har upphört att gälla. Registrera dig igen.
kratos-4040002 = Begäran har redan slutförts och kan inte upprepas.
kratos-4040003 = Registreringskoden är ogiltig eller har redan använts. Försök igen.
kratos-4050001 = Formuläret har upphört att gälla. Försök igen.
kratos-4050002 = Du kan bara ändra en adress i taget. Spara varje ändring för sig.
kratos-4060001 = Begäran har redan slutförts och kan inte upprepas.
kratos-4060002 = Återställningen misslyckades. Börja om från början.
kratos-4060003 = Återställningslänken är ofullständig. Börja om från början.
kratos-4060004 = Återställningslänken är ogiltig eller har redan använts. Börja om från början.
kratos-4060005 = Formuläret har upphört att gälla. Börja om med återställningen.
kratos-4060006 = Återställningskoden är ogiltig eller har redan använts. Försök igen.
kratos-4070001 = Verifieringslänken är ogiltig eller har redan använts. Börja om från början.
kratos-4070002 = Begäran har redan slutförts och kan inte upprepas.
kratos-4070003 = Verifieringen misslyckades. Börja om från början.
kratos-4070004 = Verifieringslänken är ofullständig. Börja om från början.
kratos-4070005 = Formuläret har upphört att gälla. Börja om med verifieringen.
kratos-4070006 = Verifieringskoden är ogiltig eller har redan använts. Försök igen.
kratos-5000001 = Något gick fel.
kratos-5000002 = Det finns inget sätt att logga in just nu. Kontakta administratören.
kratos-5000003 = Din organisation kräver inloggning med företagskonto, men sådan inloggning har inte konfigurerats. Kontakta administratören.

## Phrases of the pages: titles of pages and of the sections of the settings

login-title = Logga in
refresh-title = Bekräfta att det är du
second_factor-title = Logga in
second_factor-subtitle = Tvåfaktorsautentisering
registration-title = Skapa ett konto
recovery-title = Återställ kontot
verification-title = Verifiera adressen
settings-title = Kontoinställningar
sections-title = På den här sidan
section-profile = Profil
section-password = Lösenord
section-oidc = Inloggning via andra tjänster
section-saml = Företagsinloggning
section-totp = Autentiseringsapp
section-passkey = Nycklar
section-webauthn = Säkerhetsnycklar
section-deviceauthn = Enhetsnycklar
section-lookup_secret = Reservkoder
section-other = Mer

## Inside forms

or = eller
submit = Skicka
no_choice = Inget
field-optional = valfritt
field-date_time = Datum, tid och tidszon, till exempel 2026-11-28T09:30:00Z
list-add = Lägg till en post
list-remove = Avmarkera en post för att ta bort den.
password-new = Nytt lösenord
password-show = Visa lösenord
code-sent_to = Koden skickades till:
code-enter = Ange koden vi skickade till dig. Om den inte kommer fram kan du titta i skräpposten eller skicka koden igen.
totp-enter = Öppna autentiseringsappen och ange koden som visas.
lookup_secret-enter = Ange en av dina reservkoder. Varje kod fungerar bara en gång.
lookup_secret-confirm = Spara koderna på ett säkert ställe och bekräfta dem sedan. De fungerar inte förrän du har gjort det.
needs_script = Det här kräver JavaScript och en webbläsare med stöd för nycklar eller säkerhetsnycklar.
needs_script-profile = Ändringen kräver JavaScript: utan det skulle andra uppgifter i din profil gå förlorade.
needs_script-captcha = Formuläret kräver JavaScript: det kontrollerar att du inte är en robot.
nothing_to_do = Det finns inget att göra här.
no_second_factor = Du har inte konfigurerat tvåfaktorsautentisering ännu. Det kan du göra i kontoinställningarna.
unusable = Formuläret går inte att använda: målet är inte en webbadress.

## Links

link-recovery = Har du glömt lösenordet?
link-recovery_code = Problem med att logga in?
link-registration-before = Har du inget konto?
link-registration = Registrera dig
link-login-before = Har du redan ett konto?
link-login = Logga in
link-other_account = Använd ett annat konto
link-verification = Verifiera adressen
link-settings = Kontoinställningar
link-logout = Logga ut
link-home = Startsida
link-try_again = Försök igen
link-confirm = Bekräfta att det är du
link-continue = Fortsätt
link-back = Tillbaka

## Errors and refusals

error-title = Något gick fel
error-unknown = Felet saknar beskrivning.
error-details = Detaljer
refused-not_signed_in = Du är inte inloggad.
refused-forbidden = Du har inte åtkomst till den här sidan.
refused-confirm = Bekräfta att det är du och försök igen.
refused-second_factor = Den här sidan kräver tvåfaktorsautentisering.
refused-verify = Verifiera din adress först.
refused-no_progress = Det gick inte att logga in. Tillåt cookies och försök igen.
refused-no_flow = Formuläret har upphört att gälla.
refused-cross_site = Begäran skickades från en annan webbplats. Ingenting har utförts.
refused-rate_limited = För många förfrågningar. Försök igen om en stund.
refused-unavailable = Din session kan inte kontrolleras just nu. Du har inte loggats ut. Försök igen om en stund.
refused-other = Begäran kan inte besvaras.

## Consent, logout and devices of an OAuth 2 provider

consent-title = { $client } vill använda ditt konto
consent-unnamed = En applikation
consent-scopes = Den ber om följande. Du kan neka delar av det.
consent-accept = Tillåt
consent-reject = Tillåt inte
consent-remember = Fråga inte igen för den här applikationen
consent-terms = Applikationens användarvillkor
consent-policy = Applikationens integritetspolicy
consent-other_account = Applikationen väntar sig ett annat konto än det du är inloggad med.
consent-anew = Logga in med det andra kontot
scope-openid = Bekräfta vem du är
scope-profile = Se ditt namn och din profil
scope-email = Se din e-postadress
scope-phone = Se ditt telefonnummer
scope-address = Se din postadress
scope-offline_access = Vara ansluten när du är borta
scope-unknown = Använda ”{ $scope }”
logout-question = Vill du logga ut?
logout-client = { $client } vill logga ut dig här och i de applikationer som du har öppnat härifrån.
logout-stay = Förbli inloggad
device-title = Anslut en enhet
device-question = Ange koden som visas på enheten. Fortsätt bara om du började på en enhet framför dig.
device-code = Kod
device-wrong = Koden är fel eller har gått ut.
device-done = Enheten är ansluten. Du kan stänga sidan.
provider-expired = Begäran har gått ut eller är redan besvarad. Börja om i applikationen.
provider-unavailable = Det går inte just nu. Försök igen om en stund.
provider-error = Applikationen kan inte logga in dig.

## Sessions and devices, and deleting the account

devices-title = Sessioner och enheter
devices-current = Den här enheten
devices-unknown = Okänd enhet
devices-name = { $browser } på { $system }
devices-signed_in = Inloggad { $time }
devices-two_factors = Med två faktorer
devices-from = Från { $place }
devices-revoke = Logga ut: { $device }
devices-revoke_others = Logga ut alla andra enheter
devices-alone = Du är inte inloggad någon annanstans.
ago-now = alldeles nyss
ago-minutes =
    { $n ->
        [one] för 1 minut sedan
       *[other] för { $n } minuter sedan
    }
ago-hours =
    { $n ->
        [one] för 1 timme sedan
       *[other] för { $n } timmar sedan
    }
ago-days =
    { $n ->
        [one] för 1 dag sedan
       *[other] för { $n } dagar sedan
    }
delete-title = Radera ditt konto
delete-warning = Ditt konto och allt i det raderas. Det går inte att ångra.
delete-confirm = Jag vill radera mitt konto för gott
delete-button = Radera mitt konto
delete-failed = Kontot kunde inte raderas. Försök igen senare.
