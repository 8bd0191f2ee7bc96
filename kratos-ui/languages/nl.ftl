# Nederlands. See ../languages/README.md for what each kind of entry is.

## The language

date-time =
    { $day } { $month ->
        [1] januari
        [2] februari
        [3] maart
        [4] april
        [5] mei
        [6] juni
        [7] juli
        [8] augustus
        [9] september
        [10] oktober
        [11] november
       *[12] december
    } { $year } om { $clock } UTC
list-separator = {", "}
sentence-separator = {" "}

## Ways to sign in, and types of values, inside a message

method-code = een code
method-deviceauthn = een apparaatsleutel
method-oidc = een account van een andere dienst
method-passkey = een passkey
method-password = een wachtwoord
method-saml = een werkaccount
method-webauthn = een beveiligingssleutel
type-array = lijst
type-boolean = ja of nee
type-integer = geheel getal
type-null = geen waarde
type-number = getal
type-object = groep velden
type-string = tekst

## Login

kratos-1010001 = Inloggen
kratos-1010002 = Inloggen met { $provider }
kratos-1010003 = Om deze actie uit te voeren moet je bevestigen dat jij het bent.
kratos-1010004 = Voltooi de tweede verificatiestap om in te loggen.
kratos-1010005 = Verifiëren
kratos-1010006 = Authenticatiecode
kratos-1010007 = Back-upcode
kratos-1010008 = Inloggen met een beveiligingssleutel
kratos-1010009 = Authenticator-app gebruiken
kratos-1010010 = Back-upcode gebruiken
kratos-1010011 = Doorgaan met een beveiligingssleutel
kratos-1010012 = Houd je beveiligingssleutel klaar, of de vingerafdruk- of gezichtsherkenning van je apparaat, en ga door.
kratos-1010013 = Doorgaan
kratos-1010014 = We hebben een code gestuurd naar het adres dat je hebt opgegeven. Heb je de code niet ontvangen? Controleer dan of het adres klopt en probeer het opnieuw.
kratos-1010015 = Inlogcode sturen
kratos-1010016 = Je probeerde in te loggen als ‘{ $duplicate_identifier }’, maar een ander account gebruikt dit adres al. Log in op dat account om { $provider } als extra inlogmethode toe te voegen.
kratos-1010017 = Inloggen en koppelen
kratos-1010018 = Bevestigen met { $provider }
kratos-1010019 = Code aanvragen om door te gaan
kratos-1010020 = We sturen een code naar { $masked_to }. Vul je adres hier in om te bevestigen dat het van jou is.
kratos-1010021 = Inloggen met een passkey
kratos-1010022 = Inloggen met een wachtwoord
kratos-1010023 = Code sturen naar { $address }
kratos-1010024 = Inloggen met een apparaatsleutel
kratos-1010025 = We hebben een code naar je adres gestuurd. Heb je de code niet ontvangen? Probeer het dan opnieuw.

## Registration

kratos-1040001 = Registreren
kratos-1040002 = Registreren met { $provider }
kratos-1040003 = Doorgaan
kratos-1040004 = Registreren met een beveiligingssleutel
kratos-1040005 = We hebben een code gestuurd naar de adressen die je hebt opgegeven. Heb je de code niet ontvangen? Controleer dan of het adres klopt en registreer je opnieuw.
kratos-1040006 = Registratiecode sturen
kratos-1040007 = Registreren met een passkey
kratos-1040008 = Terug
kratos-1040009 = Kies hoe je voortaan wilt inloggen.

## Settings

kratos-1050001 = Je wijzigingen zijn opgeslagen.
kratos-1050002 = { $provider } koppelen
kratos-1050003 = { $provider } ontkoppelen
kratos-1050004 = Authenticator-app verwijderen
kratos-1050005 = QR-code voor de authenticator-app
kratos-1050007 = Back-upcodes tonen
kratos-1050008 = Nieuwe back-upcodes maken
kratos-1050010 = Dit zijn je back-upcodes. Bewaar ze op een veilige plek.
kratos-1050011 = Back-upcodes bevestigen
kratos-1050012 = Beveiligingssleutel toevoegen
kratos-1050013 = Naam van de beveiligingssleutel
kratos-1050014 = Gebruikt op { $used_at }
kratos-1050016 = Back-upcodes verwijderen
kratos-1050017 = Kun je de QR-code niet scannen? Vul dan deze sleutel in de authenticator-app in.
kratos-1050018 = Beveiligingssleutel ‘{ $display_name }’ verwijderen
kratos-1050019 = Passkey toevoegen
kratos-1050020 = Passkey ‘{ $display_name }’ verwijderen
kratos-1050021 = Apparaatsleutel verwijderen
kratos-1050022 = Eenmalige waarde van de apparaatsleutel
kratos-1050023 = Je organisatie beheert je account. Neem contact op met je beheerder om deze instellingen te wijzigen.

## Recovery

kratos-1060001 =
    { $minutes ->
        [one] Je account is hersteld. Je hebt één minuut om je wachtwoord te wijzigen of een andere inlogmethode in te stellen.
       *[other] Je account is hersteld. Je hebt { $minutes } minuten om je wachtwoord te wijzigen of een andere inlogmethode in te stellen.
    }
kratos-1060002 = We hebben een e-mail met een herstellink gestuurd naar het adres dat je hebt opgegeven. Heb je de e-mail niet ontvangen? Controleer dan of het adres klopt en of je je met dit adres hebt geregistreerd.
kratos-1060003 = We hebben een e-mail met een herstelcode gestuurd naar het adres dat je hebt opgegeven. Heb je de e-mail niet ontvangen? Controleer dan of het adres klopt en of je je met dit adres hebt geregistreerd.
kratos-1060004 = We hebben een herstelcode gestuurd naar { $masked_address }. Heb je de code niet ontvangen? Controleer dan of het adres klopt en of je je met dit adres hebt geregistreerd.
kratos-1060005 = Vul je volledige hersteladres in om je account te herstellen.
kratos-1060006 = Hoe wil je je account herstellen?
kratos-1060007 = Terug

## Labels

kratos-1070001 = Wachtwoord
kratos-1070003 = Opslaan
kratos-1070004 = E-mailadres, telefoonnummer of gebruikersnaam
kratos-1070005 = Versturen
kratos-1070006 = Code verifiëren
kratos-1070007 = E-mailadres
kratos-1070008 = Code opnieuw sturen
kratos-1070009 = Doorgaan
kratos-1070010 = Herstelcode
kratos-1070011 = Verificatiecode
kratos-1070012 = Registratiecode
kratos-1070013 = Inlogcode
kratos-1070014 = Inloggen en koppelen
kratos-1070015 = Om door te gaan moet je bevestigen dat je geen robot bent.
kratos-1070016 = Hersteladres
kratos-1070017 = Telefoonnummer
kratos-1070018 = E-mailadres of telefoonnummer

## Verification

kratos-1080001 = We hebben een e-mail met een verificatielink gestuurd naar het adres dat je hebt opgegeven. Heb je de e-mail niet ontvangen? Controleer dan of het adres klopt en of je je met dit adres hebt geregistreerd.
kratos-1080002 = Je e-mailadres is geverifieerd.
kratos-1080003 = We hebben een e-mail met een verificatiecode gestuurd naar het adres dat je hebt opgegeven. Heb je de e-mail niet ontvangen? Controleer dan of het adres klopt en of je je met dit adres hebt geregistreerd.
kratos-1080004 = We hebben een sms met een verificatiecode gestuurd naar het telefoonnummer dat je hebt opgegeven. Heb je de sms niet ontvangen? Controleer dan of het nummer klopt en of je je met dit nummer hebt geregistreerd.
kratos-1080005 = Je telefoonnummer is geverifieerd.

## Errors of fields. The reason of Kratos, in English, follows 4000001, 4000005 and 5000001.

kratos-4000001 = Controleer deze waarde.
kratos-4000002 = ‘{ $property }’ ontbreekt.
    .field = Vul dit veld in.
kratos-4000003 =
    { $min_length ->
        [one] Vul minimaal { $min_length } teken in.
       *[other] Vul minimaal { $min_length } tekens in.
    }
kratos-4000004 = Deze waarde heeft niet de verwachte notatie.
kratos-4000005 = Dit wachtwoord kan niet worden gebruikt.
kratos-4000006 = Deze gegevens kloppen niet. Controleer je wachtwoord en je gebruikersnaam, e-mailadres of telefoonnummer.
kratos-4000007 = Er bestaat al een account met dit e-mailadres, dit telefoonnummer of deze gebruikersnaam.
kratos-4000008 = Deze authenticatiecode is ongeldig. Probeer het opnieuw.
kratos-4000009 = Er ontbreekt een gegeven om mee in te loggen, bijvoorbeeld een e-mailadres. Vul het formulier opnieuw in.
kratos-4000010 = Dit account is nog niet actief. Verifieer eerst je e-mailadres.
kratos-4000011 = Je hebt geen authenticator-app ingesteld.
kratos-4000012 = Deze back-upcode is al gebruikt.
kratos-4000013 = Je hebt geen beveiligingssleutel ingesteld.
kratos-4000014 = Je hebt geen back-upcodes.
kratos-4000015 = Dit account bestaat niet of heeft geen beveiligingssleutel.
kratos-4000016 = Deze back-upcode is ongeldig.
kratos-4000017 =
    { $max_length ->
        [one] Vul maximaal { $max_length } teken in.
       *[other] Vul maximaal { $max_length } tekens in.
    }
kratos-4000018 = Vul een getal van minimaal { $minimum } in.
kratos-4000019 = Vul een getal in dat groter is dan { $minimum }.
kratos-4000020 = Vul een getal van maximaal { $maximum } in.
kratos-4000021 = Vul een getal in dat kleiner is dan { $maximum }.
kratos-4000022 = Vul een veelvoud van { $base } in.
kratos-4000023 =
    { $max_items ->
        [one] Geef maximaal { $max_items } item op.
       *[other] Geef maximaal { $max_items } items op.
    }
kratos-4000024 =
    { $min_items ->
        [one] Geef minimaal { $min_items } item op.
       *[other] Geef minimaal { $min_items } items op.
    }
kratos-4000025 = Elk item mag maar één keer voorkomen.
kratos-4000026 = Deze waarde is van het verkeerde type. Verwacht type: { $allowed_types }.
kratos-4000027 = Er bestaat al een account met dit e-mailadres, dit telefoonnummer of deze gebruikersnaam. Log daarop in om je profiel te koppelen.
kratos-4000028 = Een ander account gebruikt ‘{ $credential_identifier_hint }’ al.
    .unknown = Een ander account gebruikt dit e-mailadres, dit telefoonnummer of deze gebruikersnaam al.
    .methods = Je kunt daarop inloggen met: { $methods }.
    .providers = Je kunt daarop inloggen via: { $providers }.
kratos-4000029 = Deze waarde moet ‘{ $expected }’ zijn.
kratos-4000030 = Dit is niet de verwachte waarde.
kratos-4000031 = Dit wachtwoord lijkt te veel op je e-mailadres of gebruikersnaam.
kratos-4000032 =
    { $min_length ->
        [one] Het wachtwoord moet minimaal { $min_length } teken bevatten.
       *[other] Het wachtwoord moet minimaal { $min_length } tekens bevatten.
    }
kratos-4000033 =
    { $max_length ->
        [one] Het wachtwoord mag maximaal { $max_length } teken bevatten.
       *[other] Het wachtwoord mag maximaal { $max_length } tekens bevatten.
    }
kratos-4000034 = Dit wachtwoord komt voor in gestolen gegevens. Kies een ander wachtwoord.
kratos-4000035 = Dit account bestaat niet of je kunt er niet met een code op inloggen.
kratos-4000036 = Deze gegevens komen niet overeen met wat je eerder hebt ingevuld.
kratos-4000037 = Dit account bestaat niet of heeft geen inlogmethode.
kratos-4000038 = We konden niet bevestigen dat je geen robot bent. Probeer het opnieuw.
kratos-4000039 = Het nieuwe wachtwoord moet anders zijn dan het oude.
kratos-4000040 = Vul een geldig e-mailadres in.
kratos-4000041 = Vul een geldig telefoonnummer in.
kratos-4000042 = Je hebt geen apparaatsleutel ingesteld.
kratos-4000043 = De beveiligingssleutel is niet geaccepteerd. Probeer het opnieuw.
kratos-4000044 = De apparaatsleutel is niet geaccepteerd.
kratos-4000045 = Deze apparaatsleutel kan niet meer worden gebruikt. Stel je apparaat opnieuw in.
kratos-4000046 = Deze apparaatsleutel is te oud en kan niet meer worden gebruikt. Stel je apparaat opnieuw in.

## Errors of forms

kratos-4010001 = Dit formulier is verlopen. Log opnieuw in.
kratos-4010002 = Inloggen is niet gelukt. Controleer wat je hebt ingevuld.
kratos-4010003 = Registreren is niet gelukt. Controleer wat je hebt ingevuld.
kratos-4010004 = Je instellingen konden niet worden opgeslagen. Controleer wat je hebt ingevuld.
kratos-4010005 = Je account kon niet worden hersteld. Controleer wat je hebt ingevuld.
kratos-4010006 = Je adres kon niet worden geverifieerd. Controleer wat je hebt ingevuld.
kratos-4010007 = Dit verzoek is al voltooid en kan niet worden herhaald.
kratos-4010008 = Deze inlogcode is ongeldig of al gebruikt. Probeer het opnieuw.
kratos-4010009 = Dit is niet het account dat moet worden gekoppeld.
kratos-4010010 = Dit adres hoort niet bij je account.
kratos-4010011 = Dit account is uitgeschakeld. Neem contact op met de helpdesk.
kratos-4040001 = Dit formulier is verlopen. Registreer je opnieuw.
kratos-4040002 = Dit verzoek is al voltooid en kan niet worden herhaald.
kratos-4040003 = Deze registratiecode is ongeldig of al gebruikt. Probeer het opnieuw.
kratos-4050001 = Dit formulier is verlopen. Probeer het opnieuw.
kratos-4050002 = Je kunt maar één adres tegelijk wijzigen. Sla elke wijziging apart op.
kratos-4060001 = Dit verzoek is al voltooid en kan niet worden herhaald.
kratos-4060002 = Het herstel is mislukt. Begin opnieuw.
kratos-4060003 = De herstellink is onvolledig. Begin opnieuw.
kratos-4060004 = Deze herstellink is ongeldig of al gebruikt. Begin opnieuw.
kratos-4060005 = Dit formulier is verlopen. Begin opnieuw met het herstel.
kratos-4060006 = Deze herstelcode is ongeldig of al gebruikt. Probeer het opnieuw.
kratos-4070001 = Deze verificatielink is ongeldig of al gebruikt. Begin opnieuw.
kratos-4070002 = Dit verzoek is al voltooid en kan niet worden herhaald.
kratos-4070003 = De verificatie is mislukt. Begin opnieuw.
kratos-4070004 = De verificatielink is onvolledig. Begin opnieuw.
kratos-4070005 = Dit formulier is verlopen. Begin opnieuw met de verificatie.
kratos-4070006 = Deze verificatiecode is ongeldig of al gebruikt. Probeer het opnieuw.
kratos-5000001 = Er is iets misgegaan.
kratos-5000002 = Inloggen is op dit moment niet mogelijk. Neem contact op met de beheerder.
kratos-5000003 = Je organisatie vereist dat je met een werkaccount inlogt, maar dat is niet ingesteld. Neem contact op met je beheerder.

## Phrases of the pages: titles of pages and of the sections of the settings

login-title = Inloggen
refresh-title = Bevestig dat jij het bent
second_factor-title = Inloggen
second_factor-subtitle = Verificatie in twee stappen
registration-title = Account maken
recovery-title = Je account herstellen
verification-title = Je adres verifiëren
settings-title = Accountinstellingen
sections-title = Op deze pagina
section-profile = Profiel
section-password = Wachtwoord
section-oidc = Accounts van andere diensten
section-saml = Werkaccount
section-totp = Authenticator-app
section-passkey = Passkeys
section-webauthn = Beveiligingssleutels
section-deviceauthn = Apparaatsleutels
section-lookup_secret = Back-upcodes
section-other = Overig

## Inside forms

or = of
submit = Versturen
no_choice = Geen keuze
field-optional = optioneel
field-date_time = Datum, tijd en tijdzone, bijvoorbeeld 2026-11-28T09:30:00Z
list-add = Item toevoegen
list-remove = Haal het vinkje bij een item weg om het te verwijderen.
password-new = Nieuw wachtwoord
password-show = Wachtwoord tonen
code-sent_to = De code is gestuurd naar:
code-enter = Vul de code in die we je hebben gestuurd. Komt de code niet aan? Kijk dan in je spammap of laat de code opnieuw sturen.
totp-enter = Open je authenticator-app en vul de code in die je daar ziet.
lookup_secret-enter = Vul een van je back-upcodes in. Elke code werkt maar één keer.
lookup_secret-confirm = Bewaar deze codes op een veilige plek en bevestig ze daarna. Ze werken pas nadat je ze hebt bevestigd.
needs_script = Hiervoor zijn JavaScript en een browser met ondersteuning voor passkeys of beveiligingssleutels nodig.
needs_script-profile = Voor deze wijziging is JavaScript nodig: zonder JavaScript gaan andere gegevens van je profiel verloren.
needs_script-captcha = Dit formulier heeft JavaScript nodig: het controleert of je geen robot bent.
nothing_to_do = Je hoeft hier niets te doen.
no_second_factor = Je hebt verificatie in twee stappen nog niet ingesteld. Dat kun je doen in je accountinstellingen.
unusable = Dit formulier kan niet worden gebruikt: de bestemming is geen webadres.

## Links

link-recovery = Wachtwoord vergeten?
link-recovery_code = Lukt het niet om in te loggen?
link-registration-before = Nog geen account?
link-registration = Registreren
link-login-before = Heb je al een account?
link-login = Inloggen
link-other_account = Een ander account gebruiken
link-verification = Je adres verifiëren
link-settings = Accountinstellingen
link-logout = Uitloggen
link-home = Startpagina
link-try_again = Opnieuw proberen
link-confirm = Bevestigen dat jij het bent
link-continue = Doorgaan
link-back = Terug

## Errors and refusals

error-title = Er is iets misgegaan
error-unknown = Er is geen beschrijving van deze fout.
error-details = Details
refused-not_signed_in = Je bent niet ingelogd.
refused-forbidden = Je hebt geen toegang tot deze pagina.
refused-confirm = Bevestig dat jij het bent en probeer het opnieuw.
refused-second_factor = Voor deze pagina is verificatie in twee stappen nodig.
refused-verify = Verifieer eerst je adres.
refused-no_progress = Inloggen is niet gelukt. Sta cookies toe en probeer het opnieuw.
refused-no_flow = Dit formulier is verlopen.
refused-cross_site = Dit verzoek komt van een andere site. Er is geen actie uitgevoerd.
refused-rate_limited = Te veel verzoeken. Probeer het zo opnieuw.
refused-unavailable = Je sessie kan nu niet worden gecontroleerd. Je bent niet uitgelogd; probeer het zo opnieuw.
refused-other = Dit verzoek kan niet worden beantwoord.

## Consent, logout and devices of an OAuth 2 provider

consent-title = { $client } wil je account gebruiken
consent-unnamed = Een applicatie
consent-scopes = De applicatie vraagt om het volgende. Je kunt delen weigeren.
consent-accept = Toestaan
consent-reject = Niet toestaan
consent-remember = Niet meer vragen voor deze applicatie
consent-terms = Gebruiksvoorwaarden van de applicatie
consent-policy = Privacybeleid van de applicatie
consent-other_account = De applicatie verwacht een ander account dan dat waarmee je bent ingelogd.
consent-anew = Inloggen met het andere account
scope-openid = Bevestigen wie je bent
scope-profile = Je naam en profiel bekijken
scope-email = Je e-mailadres bekijken
scope-phone = Je telefoonnummer bekijken
scope-address = Je postadres bekijken
scope-offline_access = Verbonden blijven als je weg bent
scope-unknown = ‘{ $scope }’ gebruiken
logout-question = Wil je uitloggen?
logout-client = { $client } vraagt om je hier uit te loggen en in de applicaties die je hiervandaan hebt geopend.
logout-stay = Ingelogd blijven
device-title = Apparaat verbinden
device-question = Vul de code in die je apparaat toont. Ga alleen verder als je dit op een apparaat voor je bent begonnen.
device-code = Code
device-wrong = Deze code is onjuist of verlopen.
device-done = Je apparaat is verbonden. Je kunt deze pagina sluiten.
provider-expired = Dit verzoek is verlopen of al beantwoord. Begin opnieuw in de applicatie.
provider-unavailable = Dit kan nu niet. Probeer het zo nog eens.
provider-error = De applicatie kan je niet inloggen.

## Sessions and devices, and deleting the account

devices-title = Sessies en apparaten
devices-current = Dit apparaat
devices-unknown = Onbekend apparaat
devices-name = { $browser } op { $system }
devices-signed_in = Ingelogd op { $time }
devices-two_factors = Met twee factoren
devices-from = Vanaf { $place }
devices-revoke = Uitloggen: { $device }
devices-revoke_others = Alle andere apparaten uitloggen
devices-alone = Je bent nergens anders ingelogd.
ago-now = zojuist
ago-minutes =
    { $n ->
        [one] 1 minuut geleden
       *[other] { $n } minuten geleden
    }
ago-hours =
    { $n ->
        [one] 1 uur geleden
       *[other] { $n } uur geleden
    }
ago-days =
    { $n ->
        [one] 1 dag geleden
       *[other] { $n } dagen geleden
    }
delete-title = Je account verwijderen
delete-warning = Je account en alles wat erin staat worden verwijderd. Dit kan niet ongedaan worden gemaakt.
delete-confirm = Ik wil mijn account definitief verwijderen
delete-button = Mijn account verwijderen
delete-failed = Je account kon niet worden verwijderd. Probeer het later nog eens.
