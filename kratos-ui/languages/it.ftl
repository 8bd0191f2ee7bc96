# Italiano. See ../languages/README.md for what each kind of entry is.

## The language

date-time =
    { $day } { $month ->
        [1] gennaio
        [2] febbraio
        [3] marzo
        [4] aprile
        [5] maggio
        [6] giugno
        [7] luglio
        [8] agosto
        [9] settembre
        [10] ottobre
        [11] novembre
       *[12] dicembre
    } { $year }, ore { $clock } UTC
list-separator = {", "}
sentence-separator = {" "}

## Ways to sign in, and types of values, inside a message

method-code = un codice
method-deviceauthn = una chiave del dispositivo
method-oidc = un account di un altro servizio
method-passkey = una passkey
method-password = una password
method-saml = un account aziendale
method-webauthn = una chiave di sicurezza
type-array = elenco
type-boolean = sì o no
type-integer = numero intero
type-null = nessun valore
type-number = numero
type-object = gruppo di campi
type-string = testo

## Login

kratos-1010001 = Accedi
kratos-1010002 = Accedi con { $provider }
kratos-1010003 = Per eseguire questa azione, conferma la tua identità.
kratos-1010004 = Per accedere, completa il secondo passaggio di verifica.
kratos-1010005 = Verifica
kratos-1010006 = Codice di autenticazione
kratos-1010007 = Codice di backup
kratos-1010008 = Accedi con una chiave di sicurezza
kratos-1010009 = Usa l’app di autenticazione
kratos-1010010 = Usa un codice di backup
kratos-1010011 = Continua con una chiave di sicurezza
kratos-1010012 = Prepara la chiave di sicurezza, oppure l’impronta digitale o il riconoscimento facciale del dispositivo, poi continua.
kratos-1010013 = Continua
kratos-1010014 = Abbiamo inviato un codice all’indirizzo che hai indicato. Se non l’hai ricevuto, controlla che l’indirizzo sia corretto e riprova.
kratos-1010015 = Invia un codice di accesso
kratos-1010016 = Hai provato ad accedere come “{ $duplicate_identifier }”, ma un altro account usa già questo indirizzo. Accedi a quell’account per aggiungere { $provider } come ulteriore metodo di accesso.
kratos-1010017 = Accedi e collega
kratos-1010018 = Conferma con { $provider }
kratos-1010019 = Richiedi un codice per continuare
kratos-1010020 = Invieremo un codice a { $masked_to }. Per confermare che è il tuo indirizzo, inseriscilo qui.
kratos-1010021 = Accedi con una passkey
kratos-1010022 = Accedi con una password
kratos-1010023 = Invia un codice a { $address }
kratos-1010024 = Accedi con una chiave del dispositivo
kratos-1010025 = Abbiamo inviato un codice al tuo indirizzo. Se non l’hai ricevuto, riprova.

## Registration

kratos-1040001 = Registrati
kratos-1040002 = Registrati con { $provider }
kratos-1040003 = Continua
kratos-1040004 = Registrati con una chiave di sicurezza
kratos-1040005 = Abbiamo inviato un codice agli indirizzi che hai indicato. Se non l’hai ricevuto, controlla che l’indirizzo sia corretto e registrati di nuovo.
kratos-1040006 = Invia un codice di registrazione
kratos-1040007 = Registrati con una passkey
kratos-1040008 = Indietro
kratos-1040009 = Scegli come vuoi accedere d’ora in poi.

## Settings

kratos-1050001 = Le modifiche sono state salvate.
kratos-1050002 = Collega { $provider }
kratos-1050003 = Scollega { $provider }
kratos-1050004 = Rimuovi l’app di autenticazione
kratos-1050005 = Codice QR per l’app di autenticazione
kratos-1050007 = Mostra i codici di backup
kratos-1050008 = Crea nuovi codici di backup
kratos-1050010 = Questi sono i tuoi codici di backup. Conservali in un luogo sicuro.
kratos-1050011 = Conferma i codici di backup
kratos-1050012 = Aggiungi una chiave di sicurezza
kratos-1050013 = Nome della chiave di sicurezza
kratos-1050014 = Data di utilizzo: { $used_at }
kratos-1050016 = Rimuovi i codici di backup
kratos-1050017 = Se non riesci a scansionare il codice QR, inserisci questa chiave nell’app di autenticazione.
kratos-1050018 = Rimuovi la chiave di sicurezza “{ $display_name }”
kratos-1050019 = Aggiungi una passkey
kratos-1050020 = Rimuovi la passkey “{ $display_name }”
kratos-1050021 = Rimuovi la chiave del dispositivo
kratos-1050022 = Valore monouso della chiave del dispositivo
kratos-1050023 = Il tuo account è gestito dalla tua organizzazione. Per modificare queste impostazioni, contatta l’amministratore.

## Recovery

kratos-1060001 =
    { $minutes ->
        [one] Hai recuperato il tuo account. Hai un minuto per cambiare la password o configurare un altro metodo di accesso.
       *[other] Hai recuperato il tuo account. Hai { $minutes } minuti per cambiare la password o configurare un altro metodo di accesso.
    }
kratos-1060002 = Abbiamo inviato un’email con un link di recupero all’indirizzo che hai indicato. Se non l’hai ricevuta, controlla che l’indirizzo sia corretto e che sia quello che hai usato per registrarti.
kratos-1060003 = Abbiamo inviato un’email con un codice di recupero all’indirizzo che hai indicato. Se non l’hai ricevuta, controlla che l’indirizzo sia corretto e che sia quello che hai usato per registrarti.
kratos-1060004 = Abbiamo inviato un codice di recupero a { $masked_address }. Se non l’hai ricevuto, controlla che l’indirizzo sia corretto e che sia quello che hai usato per registrarti.
kratos-1060005 = Per recuperare il tuo account, inserisci per intero il tuo indirizzo di recupero.
kratos-1060006 = Come vuoi recuperare il tuo account?
kratos-1060007 = Indietro

## Labels

kratos-1070001 = Password
kratos-1070003 = Salva
kratos-1070004 = Email, numero di telefono o nome utente
kratos-1070005 = Invia
kratos-1070006 = Verifica il codice
kratos-1070007 = Email
kratos-1070008 = Invia di nuovo il codice
kratos-1070009 = Continua
kratos-1070010 = Codice di recupero
kratos-1070011 = Codice di verifica
kratos-1070012 = Codice di registrazione
kratos-1070013 = Codice di accesso
kratos-1070014 = Accedi e collega
kratos-1070015 = Per continuare, conferma di non essere un robot.
kratos-1070016 = Indirizzo di recupero
kratos-1070017 = Numero di telefono
kratos-1070018 = Email o numero di telefono

## Verification

kratos-1080001 = Abbiamo inviato un’email con un link di verifica all’indirizzo che hai indicato. Se non l’hai ricevuta, controlla che l’indirizzo sia corretto e che sia quello che hai usato per registrarti.
kratos-1080002 = Il tuo indirizzo email è verificato.
kratos-1080003 = Abbiamo inviato un’email con un codice di verifica all’indirizzo che hai indicato. Se non l’hai ricevuta, controlla che l’indirizzo sia corretto e che sia quello che hai usato per registrarti.
kratos-1080004 = Abbiamo inviato un SMS con un codice di verifica al numero di telefono che hai indicato. Se non l’hai ricevuto, controlla che il numero sia corretto e che sia quello che hai usato per registrarti.
kratos-1080005 = Il tuo numero di telefono è verificato.

## Errors of fields. The reason of Kratos, in English, follows 4000001, 4000005 and 5000001.

kratos-4000001 = Controlla questo valore.
kratos-4000002 = Manca “{ $property }”.
    .field = Compila questo campo.
kratos-4000003 =
    { $min_length ->
        [one] Inserisci almeno { $min_length } carattere.
       *[other] Inserisci almeno { $min_length } caratteri.
    }
kratos-4000004 = Questo valore non ha il formato previsto.
kratos-4000005 = Questa password non può essere usata.
kratos-4000006 = I dati non sono corretti. Controlla la password e il nome utente, l’indirizzo email o il numero di telefono.
kratos-4000007 = Esiste già un account con questo indirizzo email, numero di telefono o nome utente.
kratos-4000008 = Questo codice di autenticazione non è valido. Riprova.
kratos-4000009 = Manca un dato per accedere, ad esempio un indirizzo email. Compila di nuovo il modulo.
kratos-4000010 = Questo account non è ancora attivo. Verifica prima il tuo indirizzo email.
kratos-4000011 = Non hai configurato un’app di autenticazione.
kratos-4000012 = Questo codice di backup è già stato usato.
kratos-4000013 = Non hai configurato una chiave di sicurezza.
kratos-4000014 = Non hai codici di backup.
kratos-4000015 = Questo account non esiste o non ha una chiave di sicurezza.
kratos-4000016 = Questo codice di backup non è valido.
kratos-4000017 =
    { $max_length ->
        [one] Inserisci al massimo { $max_length } carattere.
       *[other] Inserisci al massimo { $max_length } caratteri.
    }
kratos-4000018 = Inserisci un numero maggiore o uguale a { $minimum }.
kratos-4000019 = Inserisci un numero maggiore di { $minimum }.
kratos-4000020 = Inserisci un numero minore o uguale a { $maximum }.
kratos-4000021 = Inserisci un numero minore di { $maximum }.
kratos-4000022 = Inserisci un multiplo di { $base }.
kratos-4000023 =
    { $max_items ->
        [one] Inserisci al massimo { $max_items } elemento.
       *[other] Inserisci al massimo { $max_items } elementi.
    }
kratos-4000024 =
    { $min_items ->
        [one] Inserisci almeno { $min_items } elemento.
       *[other] Inserisci almeno { $min_items } elementi.
    }
kratos-4000025 = Ogni elemento può comparire una sola volta.
kratos-4000026 = Questo valore non è del tipo giusto. Tipo previsto: { $allowed_types }.
kratos-4000027 = Esiste già un account con questo indirizzo email, numero di telefono o nome utente. Accedi a quell’account per collegare il tuo profilo.
kratos-4000028 = Un altro account usa già “{ $credential_identifier_hint }”.
    .unknown = Un altro account usa già questo indirizzo email, numero di telefono o nome utente.
    .methods = Puoi accedere a quell’account con: { $methods }.
    .providers = Puoi accedere a quell’account tramite: { $providers }.
kratos-4000029 = Questo valore deve essere “{ $expected }”.
kratos-4000030 = Questo valore non è quello previsto.
kratos-4000031 = Questa password è troppo simile al tuo indirizzo email o al tuo nome utente.
kratos-4000032 =
    { $min_length ->
        [one] La password deve contenere almeno { $min_length } carattere.
       *[other] La password deve contenere almeno { $min_length } caratteri.
    }
kratos-4000033 =
    { $max_length ->
        [one] La password deve contenere al massimo { $max_length } carattere.
       *[other] La password deve contenere al massimo { $max_length } caratteri.
    }
kratos-4000034 = Questa password compare in dati rubati. Scegline un’altra.
kratos-4000035 = Questo account non esiste o non consente l’accesso con un codice.
kratos-4000036 = Questi dati non corrispondono a quelli che hai inserito in precedenza.
kratos-4000037 = Questo account non esiste o non ha un metodo di accesso.
kratos-4000038 = Non è stato possibile confermare che non sei un robot. Riprova.
kratos-4000039 = La nuova password deve essere diversa da quella precedente.
kratos-4000040 = Inserisci un indirizzo email valido.
kratos-4000041 = Inserisci un numero di telefono valido.
kratos-4000042 = Non hai configurato una chiave del dispositivo.
kratos-4000043 = La chiave di sicurezza non è stata accettata. Riprova.
kratos-4000044 = La chiave del dispositivo non è stata accettata.
kratos-4000045 = Questa chiave del dispositivo non può più essere usata. Configura di nuovo il dispositivo.
kratos-4000046 = Questa chiave del dispositivo è troppo vecchia per essere usata. Configura di nuovo il dispositivo.

## Errors of forms

kratos-4010001 = Questo modulo è scaduto. Accedi di nuovo.
kratos-4010002 = Accesso non riuscito. Controlla i dati inseriti.
kratos-4010003 = Registrazione non riuscita. Controlla i dati inseriti.
kratos-4010004 = Non è stato possibile salvare le impostazioni. Controlla i dati inseriti.
kratos-4010005 = Non è stato possibile recuperare il tuo account. Controlla i dati inseriti.
kratos-4010006 = Non è stato possibile verificare il tuo indirizzo. Controlla i dati inseriti.
kratos-4010007 = Questa richiesta è già andata a buon fine e non può essere ripetuta.
kratos-4010008 = Questo codice di accesso non è valido o è già stato usato. Riprova.
kratos-4010009 = Questo non è l’account da collegare.
kratos-4010010 = Questo indirizzo non appartiene al tuo account.
kratos-4010011 = Questo account è disattivato. Contatta l’assistenza.
kratos-4040001 = Questo modulo è scaduto. Registrati di nuovo.
kratos-4040002 = Questa richiesta è già andata a buon fine e non può essere ripetuta.
kratos-4040003 = Questo codice di registrazione non è valido o è già stato usato. Riprova.
kratos-4050001 = Questo modulo è scaduto. Riprova.
kratos-4050002 = Puoi cambiare un solo indirizzo alla volta. Salva ogni modifica separatamente.
kratos-4060001 = Questa richiesta è già andata a buon fine e non può essere ripetuta.
kratos-4060002 = Recupero non riuscito. Ricomincia da capo.
kratos-4060003 = Il link di recupero è incompleto. Ricomincia da capo.
kratos-4060004 = Questo link di recupero non è valido o è già stato usato. Ricomincia da capo.
kratos-4060005 = Questo modulo è scaduto. Ricomincia il recupero da capo.
kratos-4060006 = Questo codice di recupero non è valido o è già stato usato. Riprova.
kratos-4070001 = Questo link di verifica non è valido o è già stato usato. Ricomincia da capo.
kratos-4070002 = Questa richiesta è già andata a buon fine e non può essere ripetuta.
kratos-4070003 = Verifica non riuscita. Ricomincia da capo.
kratos-4070004 = Il link di verifica è incompleto. Ricomincia da capo.
kratos-4070005 = Questo modulo è scaduto. Ricomincia la verifica da capo.
kratos-4070006 = Questo codice di verifica non è valido o è già stato usato. Riprova.
kratos-5000001 = Si è verificato un errore.
kratos-5000002 = Al momento non è disponibile alcun metodo di accesso. Contatta l’amministratore.
kratos-5000003 = La tua organizzazione richiede l’accesso con un account aziendale, che però non è configurato. Contatta l’amministratore.

## Phrases of the pages: titles of pages and of the sections of the settings

login-title = Accedi
refresh-title = Conferma la tua identità
second_factor-title = Accedi
second_factor-subtitle = Verifica in due passaggi
registration-title = Crea un account
recovery-title = Recupera il tuo account
verification-title = Verifica il tuo indirizzo
settings-title = Impostazioni dell’account
sections-title = In questa pagina
section-profile = Profilo
section-password = Password
section-oidc = Account di altri servizi
section-saml = Account aziendale
section-totp = App di autenticazione
section-passkey = Passkey
section-webauthn = Chiavi di sicurezza
section-deviceauthn = Chiavi del dispositivo
section-lookup_secret = Codici di backup
section-other = Altro

## Inside forms

or = oppure
submit = Invia
no_choice = Nessuna scelta
field-optional = facoltativo
field-date_time = Data, ora e fuso orario, ad esempio 2026-11-28T09:30:00Z
list-add = Aggiungi un elemento
list-remove = Per rimuovere un elemento, deselezionalo.
password-new = Nuova password
password-show = Mostra password
code-sent_to = Il codice è stato inviato a:
code-enter = Inserisci il codice che ti abbiamo inviato. Se non arriva, controlla la cartella della posta indesiderata o richiedi un nuovo invio.
totp-enter = Apri l’app di autenticazione e inserisci il codice visualizzato.
lookup_secret-enter = Inserisci uno dei tuoi codici di backup. Ogni codice funziona una sola volta.
lookup_secret-confirm = Conserva questi codici in un luogo sicuro, poi confermali. Funzioneranno solo dopo la conferma.
needs_script = Sono necessari JavaScript e un browser compatibile con le passkey o le chiavi di sicurezza.
needs_script-profile = Per questa modifica serve JavaScript: senza, altri dati del tuo profilo andrebbero persi.
needs_script-captcha = Questo modulo richiede JavaScript: verifica che tu non sia un robot.
nothing_to_do = Qui non è richiesta alcuna azione.
no_second_factor = Non hai ancora configurato la verifica in due passaggi. Puoi farlo nelle impostazioni dell’account.
unusable = Questo modulo non può essere usato: la sua destinazione non è un indirizzo web.

## Links

link-recovery = Hai dimenticato la password?
link-recovery_code = Problemi di accesso?
link-registration-before = Non hai ancora un account?
link-registration = Registrati
link-login-before = Hai già un account?
link-login = Accedi
link-other_account = Usa un altro account
link-verification = Verifica il tuo indirizzo
link-settings = Impostazioni dell’account
link-logout = Esci
link-home = Pagina iniziale
link-try_again = Riprova
link-confirm = Conferma la tua identità
link-continue = Continua
link-back = Indietro

## Errors and refusals

error-title = Si è verificato un errore
error-unknown = Per questo errore non è disponibile alcuna descrizione.
error-details = Dettagli
refused-not_signed_in = Non hai eseguito l’accesso.
refused-forbidden = Non hai accesso a questa pagina.
refused-confirm = Conferma la tua identità e riprova.
refused-second_factor = Questa pagina richiede la verifica in due passaggi.
refused-verify = Verifica prima il tuo indirizzo.
refused-no_progress = Accesso non riuscito. Consenti i cookie e riprova.
refused-no_flow = Questo modulo è scaduto.
refused-cross_site = Questa richiesta proviene da un altro sito. Non è stata eseguita alcuna azione.
refused-rate_limited = Troppe richieste. Riprova tra poco.
refused-unavailable = Al momento non è possibile controllare la tua sessione. La sessione è ancora attiva; riprova tra poco.
refused-other = Non è possibile rispondere a questa richiesta.

## Consent, logout and devices of an OAuth 2 provider

consent-title = { $client } vuole usare il tuo account
consent-unnamed = Un’applicazione
consent-scopes = Chiede quanto segue. Puoi rifiutarne alcune parti.
consent-accept = Consenti
consent-reject = Non consentire
consent-remember = Non chiedere più per questa applicazione
consent-terms = Termini di servizio dell’applicazione
consent-policy = Informativa sulla privacy dell’applicazione
consent-other_account = L’applicazione attende un account diverso da quello con cui hai effettuato l’accesso.
consent-anew = Accedi con l’altro account
scope-openid = Confermare chi sei
scope-profile = Vedere il tuo nome e il tuo profilo
scope-email = Vedere il tuo indirizzo email
scope-phone = Vedere il tuo numero di telefono
scope-address = Vedere il tuo indirizzo postale
scope-offline_access = Restare connessa in tua assenza
scope-unknown = Usare “{ $scope }”
logout-question = Vuoi uscire?
logout-client = { $client } chiede di farti uscire qui e dalle applicazioni che hai aperto da qui.
logout-stay = Resta connesso
device-title = Collega un dispositivo
device-question = Inserisci il codice mostrato dal dispositivo. Continua solo se hai iniziato su un dispositivo che hai davanti.
device-code = Codice
device-wrong = Questo codice è errato o scaduto.
device-done = Il dispositivo è collegato. Puoi chiudere questa pagina.
provider-expired = Questa richiesta è scaduta o ha già ricevuto risposta. Ricomincia dall’applicazione.
provider-unavailable = Al momento non è possibile. Riprova tra poco.
provider-error = L’applicazione non può farti accedere.

## Sessions and devices, and deleting the account

devices-title = Sessioni e dispositivi
devices-current = Questo dispositivo
devices-unknown = Dispositivo sconosciuto
devices-name = { $browser } su { $system }
devices-signed_in = Accesso effettuato il { $time }
devices-two_factors = Con due fattori
devices-from = Da { $place }
devices-revoke = Disconnetti: { $device }
devices-revoke_others = Disconnetti tutti gli altri dispositivi
devices-alone = Non hai effettuato l’accesso da nessun’altra parte.
ago-now = proprio ora
ago-minutes =
    { $n ->
        [one] 1 minuto fa
       *[other] { $n } minuti fa
    }
ago-hours =
    { $n ->
        [one] 1 ora fa
       *[other] { $n } ore fa
    }
ago-days =
    { $n ->
        [one] 1 giorno fa
       *[other] { $n } giorni fa
    }
delete-title = Elimina il tuo account
delete-warning = Il tuo account e tutto il suo contenuto verranno eliminati. L’operazione non può essere annullata.
delete-confirm = Voglio eliminare definitivamente il mio account
delete-button = Elimina il mio account
delete-failed = Non è stato possibile eliminare il tuo account. Riprova più tardi.
