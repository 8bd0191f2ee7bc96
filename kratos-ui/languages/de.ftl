# Deutsch. See ../languages/README.md for what each kind of entry is.

## The language

date-time =
    { $day }. { $month ->
        [1] Januar
        [2] Februar
        [3] März
        [4] April
        [5] Mai
        [6] Juni
        [7] Juli
        [8] August
        [9] September
        [10] Oktober
        [11] November
       *[12] Dezember
    } { $year }, { $clock } Uhr (UTC)
list-separator = {", "}
sentence-separator = {" "}

## Ways to sign in, and types of values, inside a message

method-code = Code
method-deviceauthn = Geräteschlüssel
method-oidc = Konto eines Anbieters
method-passkey = Passkey
method-password = Passwort
method-saml = Firmenkonto
method-webauthn = Sicherheitsschlüssel
type-array = Liste
type-boolean = Ja oder Nein
type-integer = ganze Zahl
type-null = nichts
type-number = Zahl
type-object = Gruppe von Feldern
type-string = Text

## Login

kratos-1010001 = Anmelden
kratos-1010002 = Mit { $provider } anmelden
kratos-1010003 = Bitte bestätigen Sie, dass Sie es sind.
kratos-1010004 = Bitte bestätigen Sie die Anmeldung mit Ihrem zweiten Faktor.
kratos-1010005 = Bestätigen
kratos-1010006 = Authentifizierungscode
kratos-1010007 = Ersatzcode
kratos-1010008 = Mit Sicherheitsschlüssel anmelden
kratos-1010009 = Authenticator-App verwenden
kratos-1010010 = Ersatzcode verwenden
kratos-1010011 = Mit Sicherheitsschlüssel fortfahren
kratos-1010012 = Halten Sie Ihren Sicherheitsschlüssel oder die Fingerabdruck- oder Gesichtserkennung Ihres Geräts bereit und fahren Sie fort.
kratos-1010013 = Weiter
kratos-1010014 = Wir haben einen Code an die angegebene Adresse gesendet. Wenn er nicht ankommt, prüfen Sie die Schreibweise der Adresse und versuchen Sie es erneut.
kratos-1010015 = Anmeldecode senden
kratos-1010016 = Sie wollten sich als „{ $duplicate_identifier }“ anmelden, aber diese Adresse gehört schon zu einem anderen Konto. Melden Sie sich dort an, um { $provider } als weiteren Anmeldeweg hinzuzufügen.
kratos-1010017 = Anmelden und verknüpfen
kratos-1010018 = Mit { $provider } bestätigen
kratos-1010019 = Code anfordern und fortfahren
kratos-1010020 = Wir senden einen Code an { $masked_to }. Bitte geben Sie die Adresse hier ein, um zu bestätigen, dass es Ihre ist.
kratos-1010021 = Mit Passkey anmelden
kratos-1010022 = Mit Passwort anmelden
kratos-1010023 = Code an { $address } senden
kratos-1010024 = Mit Geräteschlüssel anmelden
kratos-1010025 = Wir haben einen Code an Ihre Adresse gesendet. Wenn er nicht ankommt, versuchen Sie es bitte erneut.

## Registration

kratos-1040001 = Registrieren
kratos-1040002 = Mit { $provider } registrieren
kratos-1040003 = Weiter
kratos-1040004 = Mit Sicherheitsschlüssel registrieren
kratos-1040005 = Wir haben einen Code an die angegebenen Adressen gesendet. Wenn er nicht ankommt, prüfen Sie die Schreibweise der Adresse und registrieren Sie sich erneut.
kratos-1040006 = Registrierungscode senden
kratos-1040007 = Mit Passkey registrieren
kratos-1040008 = Zurück
kratos-1040009 = Wählen Sie, wie Sie sich künftig anmelden möchten.

## Settings

kratos-1050001 = Ihre Änderungen wurden gespeichert.
kratos-1050002 = Mit { $provider } verknüpfen
kratos-1050003 = Verknüpfung mit { $provider } aufheben
kratos-1050004 = Authenticator-App entfernen
kratos-1050005 = QR-Code für die Authenticator-App
kratos-1050007 = Ersatzcodes anzeigen
kratos-1050008 = Neue Ersatzcodes erstellen
kratos-1050010 = Das sind Ihre Ersatzcodes. Bewahren Sie sie an einem sicheren Ort auf.
kratos-1050011 = Ersatzcodes bestätigen
kratos-1050012 = Sicherheitsschlüssel hinzufügen
kratos-1050013 = Name des Sicherheitsschlüssels
kratos-1050014 = Verwendet am { $used_at }
kratos-1050016 = Ersatzcodes entfernen
kratos-1050017 = Wenn Sie den QR-Code nicht scannen können, geben Sie diesen Schlüssel in der Authenticator-App ein.
kratos-1050018 = Sicherheitsschlüssel „{ $display_name }“ entfernen
kratos-1050019 = Passkey hinzufügen
kratos-1050020 = Passkey „{ $display_name }“ entfernen
kratos-1050021 = Geräteschlüssel entfernen
kratos-1050022 = Einmalwert des Geräteschlüssels
kratos-1050023 = Ihr Konto wird von Ihrer Organisation verwaltet. Wenden Sie sich an Ihre Administration, um diese Einstellungen zu ändern.

## Recovery

kratos-1060001 =
    { $minutes ->
        [one] Ihr Konto ist wiederhergestellt. Ändern Sie innerhalb der nächsten Minute Ihr Passwort oder richten Sie einen anderen Anmeldeweg ein.
       *[other] Ihr Konto ist wiederhergestellt. Ändern Sie innerhalb der nächsten { $minutes } Minuten Ihr Passwort oder richten Sie einen anderen Anmeldeweg ein.
    }
kratos-1060002 = Wir haben eine E-Mail mit einem Wiederherstellungslink an die angegebene Adresse gesendet. Wenn sie nicht ankommt, prüfen Sie die Schreibweise und verwenden Sie die Adresse, mit der Sie sich registriert haben.
kratos-1060003 = Wir haben eine E-Mail mit einem Wiederherstellungscode an die angegebene Adresse gesendet. Wenn sie nicht ankommt, prüfen Sie die Schreibweise und verwenden Sie die Adresse, mit der Sie sich registriert haben.
kratos-1060004 = Wir haben einen Wiederherstellungscode an { $masked_address } gesendet. Wenn er nicht ankommt, prüfen Sie die Schreibweise und verwenden Sie die Adresse, mit der Sie sich registriert haben.
kratos-1060005 = Geben Sie Ihre Wiederherstellungsadresse vollständig ein, um Ihr Konto wiederherzustellen.
kratos-1060006 = Wie möchten Sie Ihr Konto wiederherstellen?
kratos-1060007 = Zurück

## Labels

kratos-1070001 = Passwort
kratos-1070003 = Speichern
kratos-1070004 = E-Mail-Adresse, Telefonnummer oder Benutzername
kratos-1070005 = Absenden
kratos-1070006 = Code bestätigen
kratos-1070007 = E-Mail-Adresse
kratos-1070008 = Code erneut senden
kratos-1070009 = Weiter
kratos-1070010 = Wiederherstellungscode
kratos-1070011 = Bestätigungscode
kratos-1070012 = Registrierungscode
kratos-1070013 = Anmeldecode
kratos-1070014 = Anmelden und verknüpfen
kratos-1070015 = Bitte zeigen Sie, dass Sie ein Mensch sind, um fortzufahren.
kratos-1070016 = Wiederherstellungsadresse
kratos-1070017 = Telefonnummer
kratos-1070018 = E-Mail-Adresse oder Telefonnummer

## Verification

kratos-1080001 = Wir haben eine E-Mail mit einem Bestätigungslink an die angegebene Adresse gesendet. Wenn sie nicht ankommt, prüfen Sie die Schreibweise und verwenden Sie die Adresse, mit der Sie sich registriert haben.
kratos-1080002 = Ihre E-Mail-Adresse ist bestätigt.
kratos-1080003 = Wir haben eine E-Mail mit einem Bestätigungscode an die angegebene Adresse gesendet. Wenn sie nicht ankommt, prüfen Sie die Schreibweise und verwenden Sie die Adresse, mit der Sie sich registriert haben.
kratos-1080004 = Wir haben eine SMS mit einem Bestätigungscode an die angegebene Telefonnummer gesendet. Wenn sie nicht ankommt, prüfen Sie die Nummer und verwenden Sie die, mit der Sie sich registriert haben.
kratos-1080005 = Ihre Telefonnummer ist bestätigt.

## Errors of fields. The reason of Kratos, in English, follows 4000001, 4000005 and 5000001.

kratos-4000001 = Bitte prüfen Sie diese Angabe.
kratos-4000002 = „{ $property }“ fehlt.
    .field = Bitte füllen Sie dieses Feld aus.
kratos-4000003 =
    { $min_length ->
        [one] Geben Sie mindestens { $min_length } Zeichen ein.
       *[other] Geben Sie mindestens { $min_length } Zeichen ein.
    }
kratos-4000004 = Diese Angabe hat nicht das erwartete Format.
kratos-4000005 = Dieses Passwort kann nicht verwendet werden.
kratos-4000006 = Diese Angaben stimmen nicht. Prüfen Sie die Schreibweise von Passwort und Benutzername, E-Mail-Adresse oder Telefonnummer.
kratos-4000007 = Ein Konto mit dieser E-Mail-Adresse, dieser Telefonnummer oder diesem Benutzernamen gibt es schon.
kratos-4000008 = Dieser Authentifizierungscode ist ungültig. Bitte versuchen Sie es erneut.
kratos-4000009 = Es fehlt eine Angabe zum Anmelden, zum Beispiel eine E-Mail-Adresse. Bitte füllen Sie das Formular noch einmal aus.
kratos-4000010 = Dieses Konto ist noch nicht aktiv. Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse.
kratos-4000011 = Sie haben keine Authenticator-App eingerichtet.
kratos-4000012 = Dieser Ersatzcode wurde schon verwendet.
kratos-4000013 = Sie haben keinen Sicherheitsschlüssel eingerichtet.
kratos-4000014 = Sie haben keine Ersatzcodes.
kratos-4000015 = Dieses Konto gibt es nicht, oder es hat keinen Sicherheitsschlüssel.
kratos-4000016 = Dieser Ersatzcode ist ungültig.
kratos-4000017 =
    { $max_length ->
        [one] Geben Sie höchstens { $max_length } Zeichen ein.
       *[other] Geben Sie höchstens { $max_length } Zeichen ein.
    }
kratos-4000018 = Geben Sie eine Zahl ab { $minimum } ein.
kratos-4000019 = Geben Sie eine Zahl größer als { $minimum } ein.
kratos-4000020 = Geben Sie eine Zahl bis { $maximum } ein.
kratos-4000021 = Geben Sie eine Zahl kleiner als { $maximum } ein.
kratos-4000022 = Geben Sie ein Vielfaches von { $base } ein.
kratos-4000023 =
    { $max_items ->
        [one] Geben Sie höchstens { $max_items } Eintrag an.
       *[other] Geben Sie höchstens { $max_items } Einträge an.
    }
kratos-4000024 =
    { $min_items ->
        [one] Geben Sie mindestens { $min_items } Eintrag an.
       *[other] Geben Sie mindestens { $min_items } Einträge an.
    }
kratos-4000025 = Jeder Eintrag darf nur einmal vorkommen.
kratos-4000026 = Diese Angabe hat den falschen Typ. Erwartet: { $allowed_types }.
kratos-4000027 = Ein Konto mit dieser E-Mail-Adresse, dieser Telefonnummer oder diesem Benutzernamen gibt es schon. Melden Sie sich dort an, um Ihr Profil zu verknüpfen.
kratos-4000028 = Ein anderes Konto verwendet „{ $credential_identifier_hint }“ schon.
    .unknown = Ein anderes Konto verwendet diese E-Mail-Adresse, diese Telefonnummer oder diesen Benutzernamen schon.
    .methods = Anmelden können Sie sich dort mit: { $methods }.
    .providers = Anmelden können Sie sich dort über: { $providers }.
kratos-4000029 = Diese Angabe muss „{ $expected }“ sein.
kratos-4000030 = Diese Angabe ist nicht die erwartete.
kratos-4000031 = Dieses Passwort ist Ihrer E-Mail-Adresse oder Ihrem Benutzernamen zu ähnlich.
kratos-4000032 =
    { $min_length ->
        [one] Das Passwort muss mindestens { $min_length } Zeichen lang sein.
       *[other] Das Passwort muss mindestens { $min_length } Zeichen lang sein.
    }
kratos-4000033 =
    { $max_length ->
        [one] Das Passwort darf höchstens { $max_length } Zeichen lang sein.
       *[other] Das Passwort darf höchstens { $max_length } Zeichen lang sein.
    }
kratos-4000034 = Dieses Passwort steht in gestohlenen Daten. Bitte wählen Sie ein anderes.
kratos-4000035 = Dieses Konto gibt es nicht, oder es erlaubt keine Anmeldung mit Code.
kratos-4000036 = Diese Angaben weichen von Ihren vorherigen ab.
kratos-4000037 = Dieses Konto gibt es nicht, oder es hat keinen Anmeldeweg.
kratos-4000038 = Die Prüfung, ob Sie ein Mensch sind, ist fehlgeschlagen. Bitte versuchen Sie es erneut.
kratos-4000039 = Das neue Passwort muss sich vom alten unterscheiden.
kratos-4000040 = Geben Sie eine gültige E-Mail-Adresse ein.
kratos-4000041 = Geben Sie eine gültige Telefonnummer ein.
kratos-4000042 = Sie haben keinen Geräteschlüssel eingerichtet.
kratos-4000043 = Der Sicherheitsschlüssel wurde nicht akzeptiert. Bitte versuchen Sie es erneut.
kratos-4000044 = Der Geräteschlüssel wurde nicht akzeptiert.
kratos-4000045 = Dieser Geräteschlüssel kann nicht mehr verwendet werden. Bitte richten Sie Ihr Gerät neu ein.
kratos-4000046 = Dieser Geräteschlüssel ist zu alt. Bitte richten Sie Ihr Gerät neu ein.

## Errors of forms

kratos-4010001 = Dieses Formular ist abgelaufen. Bitte melden Sie sich erneut an.
kratos-4010002 = Die Anmeldung ist fehlgeschlagen. Bitte prüfen Sie Ihre Angaben.
kratos-4010003 = Die Registrierung ist fehlgeschlagen. Bitte prüfen Sie Ihre Angaben.
kratos-4010004 = Die Einstellungen wurden nicht gespeichert. Bitte prüfen Sie Ihre Angaben.
kratos-4010005 = Das Konto wurde nicht wiederhergestellt. Bitte prüfen Sie Ihre Angaben.
kratos-4010006 = Die Adresse wurde nicht bestätigt. Bitte prüfen Sie Ihre Angaben.
kratos-4010007 = Diese Anfrage war schon erfolgreich und kann nicht wiederholt werden.
kratos-4010008 = Dieser Anmeldecode ist ungültig oder wurde schon verwendet. Bitte versuchen Sie es erneut.
kratos-4010009 = Das ist nicht das Konto, das verknüpft werden soll.
kratos-4010010 = Diese Adresse gehört nicht zu Ihrem Konto.
kratos-4010011 = Dieses Konto ist gesperrt. Bitte wenden Sie sich an den Support.
kratos-4040001 = Dieses Formular ist abgelaufen. Bitte registrieren Sie sich erneut.
kratos-4040002 = Diese Anfrage war schon erfolgreich und kann nicht wiederholt werden.
kratos-4040003 = Dieser Registrierungscode ist ungültig oder wurde schon verwendet. Bitte versuchen Sie es erneut.
kratos-4050001 = Dieses Formular ist abgelaufen. Bitte versuchen Sie es erneut.
kratos-4050002 = Sie können nur eine Adresse auf einmal ändern. Bitte speichern Sie jede Änderung einzeln.
kratos-4060001 = Diese Anfrage war schon erfolgreich und kann nicht wiederholt werden.
kratos-4060002 = Die Wiederherstellung ist fehlgeschlagen. Bitte beginnen Sie von vorn.
kratos-4060003 = Der Wiederherstellungslink ist unvollständig. Bitte beginnen Sie von vorn.
kratos-4060004 = Dieser Wiederherstellungslink ist ungültig oder wurde schon verwendet. Bitte beginnen Sie von vorn.
kratos-4060005 = Dieses Formular ist abgelaufen. Bitte beginnen Sie die Wiederherstellung von vorn.
kratos-4060006 = Dieser Wiederherstellungscode ist ungültig oder wurde schon verwendet. Bitte versuchen Sie es erneut.
kratos-4070001 = Dieser Bestätigungslink ist ungültig oder wurde schon verwendet. Bitte beginnen Sie von vorn.
kratos-4070002 = Diese Anfrage war schon erfolgreich und kann nicht wiederholt werden.
kratos-4070003 = Die Bestätigung ist fehlgeschlagen. Bitte beginnen Sie von vorn.
kratos-4070004 = Der Bestätigungslink ist unvollständig. Bitte beginnen Sie von vorn.
kratos-4070005 = Dieses Formular ist abgelaufen. Bitte beginnen Sie die Bestätigung von vorn.
kratos-4070006 = Dieser Bestätigungscode ist ungültig oder wurde schon verwendet. Bitte versuchen Sie es erneut.
kratos-5000001 = Etwas ist schiefgegangen.
kratos-5000002 = Zurzeit ist keine Anmeldung möglich. Bitte wenden Sie sich an die Administration.
kratos-5000003 = Ihre Organisation verlangt die Anmeldung mit einem Firmenkonto, die aber nicht eingerichtet ist. Bitte wenden Sie sich an Ihre Administration.

## Phrases of the pages: titles of pages and of the sections of the settings

login-title = Anmelden
refresh-title = Bestätigen Sie, dass Sie es sind
second_factor-title = Anmelden
second_factor-subtitle = Zweiter Faktor
registration-title = Konto erstellen
recovery-title = Konto wiederherstellen
verification-title = Adresse bestätigen
settings-title = Kontoeinstellungen
sections-title = Auf dieser Seite
section-profile = Profil
section-password = Passwort
section-oidc = Anmeldung über Anbieter
section-saml = Firmenanmeldung
section-totp = Authenticator-App
section-passkey = Passkeys
section-webauthn = Sicherheitsschlüssel
section-deviceauthn = Geräteschlüssel
section-lookup_secret = Ersatzcodes
section-other = Weiteres

## Inside forms

or = oder
submit = Absenden
no_choice = Keine Angabe
field-optional = optional
field-date_time = Datum, Uhrzeit und Zeitzone, zum Beispiel 2026-11-28T09:30:00Z
list-add = Eintrag hinzufügen
list-remove = Um einen Eintrag zu entfernen, nehmen Sie das Häkchen weg.
password-new = Neues Passwort
password-show = Passwort anzeigen
code-sent_to = Der Code wurde gesendet an:
code-enter = Geben Sie den Code ein, den wir Ihnen gesendet haben. Wenn er nicht ankommt, sehen Sie im Spam-Ordner nach oder lassen Sie ihn erneut senden.
totp-enter = Öffnen Sie Ihre Authenticator-App und geben Sie den angezeigten Code ein.
lookup_secret-enter = Geben Sie einen Ihrer Ersatzcodes ein. Jeder gilt nur einmal.
lookup_secret-confirm = Bewahren Sie diese Codes an einem sicheren Ort auf und bestätigen Sie sie dann. Vorher gelten sie nicht.
needs_script = Dafür werden JavaScript und ein Browser mit Unterstützung für Passkeys oder Sicherheitsschlüssel benötigt.
needs_script-profile = Zum Ändern wird JavaScript benötigt: Ohne JavaScript gingen andere Einträge Ihres Profils verloren.
needs_script-captcha = Dieses Formular benötigt JavaScript: Es prüft, dass Sie kein Roboter sind.
nothing_to_do = Hier gibt es nichts zu tun.
no_second_factor = Sie haben noch keinen zweiten Faktor eingerichtet. Das können Sie in den Kontoeinstellungen tun.
unusable = Dieses Formular kann nicht verwendet werden: Sein Ziel ist keine Webadresse.

## Links

link-recovery = Passwort vergessen?
link-recovery_code = Probleme beim Anmelden?
link-registration-before = Noch kein Konto?
link-registration = Registrieren
link-login-before = Sie haben schon ein Konto?
link-login = Anmelden
link-other_account = Anderes Konto verwenden
link-verification = Adresse bestätigen
link-settings = Kontoeinstellungen
link-logout = Abmelden
link-home = Startseite
link-try_again = Erneut versuchen
link-confirm = Bestätigen, dass Sie es sind
link-continue = Weiter
link-back = Zurück

## Errors and refusals

error-title = Etwas ist schiefgegangen
error-unknown = Der Fehler hat keine Beschreibung.
error-details = Einzelheiten
refused-not_signed_in = Sie sind nicht angemeldet.
refused-forbidden = Sie haben keinen Zugriff auf diese Seite.
refused-confirm = Bitte bestätigen Sie, dass Sie es sind, und versuchen Sie es erneut.
refused-second_factor = Diese Seite verlangt einen zweiten Faktor.
refused-verify = Bitte bestätigen Sie zuerst Ihre Adresse.
refused-no_progress = Die Anmeldung ist fehlgeschlagen. Bitte erlauben Sie Cookies und versuchen Sie es erneut.
refused-no_flow = Dieses Formular ist abgelaufen.
refused-cross_site = Eine andere Website hat diese Anfrage gesendet. Es wurde nichts ausgeführt.
refused-rate_limited = Zu viele Anfragen. Bitte versuchen Sie es gleich noch einmal.
refused-unavailable = Ihre Sitzung kann gerade nicht geprüft werden. Sie wurden nicht abgemeldet; bitte versuchen Sie es gleich noch einmal.
refused-other = Diese Anfrage kann nicht beantwortet werden.

## Consent, logout and devices of an OAuth 2 provider

consent-title = { $client } möchte Ihr Konto verwenden
consent-unnamed = Eine Anwendung
consent-scopes = Sie bittet um Folgendes. Sie können einzelne Punkte ablehnen.
consent-accept = Erlauben
consent-reject = Nicht erlauben
consent-remember = Bei dieser Anwendung nicht mehr fragen
consent-terms = Nutzungsbedingungen der Anwendung
consent-policy = Datenschutzerklärung der Anwendung
consent-other_account = Die Anwendung erwartet ein anderes Konto als das, mit dem Sie angemeldet sind.
consent-anew = Mit dem anderen Konto anmelden
scope-openid = Bestätigen, wer Sie sind
scope-profile = Ihren Namen und Ihr Profil sehen
scope-email = Ihre E-Mail-Adresse sehen
scope-phone = Ihre Telefonnummer sehen
scope-address = Ihre Postanschrift sehen
scope-offline_access = Verbunden bleiben, wenn Sie nicht da sind
scope-unknown = „{ $scope }“ verwenden
logout-question = Möchten Sie sich abmelden?
logout-client = { $client } möchte Sie hier und in den von hier aus geöffneten Anwendungen abmelden.
logout-stay = Angemeldet bleiben
device-title = Gerät verbinden
device-question = Geben Sie den Code ein, den Ihr Gerät anzeigt. Fahren Sie nur fort, wenn Sie dies auf einem Gerät vor Ihnen begonnen haben.
device-code = Code
device-wrong = Dieser Code ist falsch oder abgelaufen.
device-done = Ihr Gerät ist verbunden. Sie können diese Seite schließen.
provider-expired = Diese Anfrage ist abgelaufen oder wurde schon beantwortet. Bitte beginnen Sie in der Anwendung von vorn.
provider-unavailable = Das ist gerade nicht möglich. Bitte versuchen Sie es gleich noch einmal.
provider-error = Die Anwendung kann Sie nicht anmelden.

## Sessions and devices, and deleting the account

devices-title = Sitzungen und Geräte
devices-current = Dieses Gerät
devices-unknown = Unbekanntes Gerät
devices-name = { $browser } unter { $system }
devices-signed_in = Angemeldet am { $time }
devices-two_factors = Mit zwei Faktoren
devices-from = Von { $place }
devices-revoke = Abmelden: { $device }
devices-revoke_others = Alle anderen Geräte abmelden
devices-alone = Sie sind nirgendwo sonst angemeldet.
ago-now = gerade eben
ago-minutes =
    { $n ->
        [one] vor 1 Minute
       *[other] vor { $n } Minuten
    }
ago-hours =
    { $n ->
        [one] vor 1 Stunde
       *[other] vor { $n } Stunden
    }
ago-days =
    { $n ->
        [one] vor 1 Tag
       *[other] vor { $n } Tagen
    }
delete-title = Konto löschen
delete-warning = Ihr Konto und sein gesamter Inhalt werden gelöscht. Das kann nicht rückgängig gemacht werden.
delete-confirm = Ich möchte mein Konto endgültig löschen
delete-button = Mein Konto löschen
delete-failed = Ihr Konto konnte nicht gelöscht werden. Bitte versuchen Sie es später noch einmal.
