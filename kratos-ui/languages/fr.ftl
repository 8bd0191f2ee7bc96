# Français. See ../languages/README.md for what each kind of entry is.

## The language

date-time =
    { $day ->
        [1] 1er
       *[other] { $day }
    } { $month ->
        [1] janvier
        [2] février
        [3] mars
        [4] avril
        [5] mai
        [6] juin
        [7] juillet
        [8] août
        [9] septembre
        [10] octobre
        [11] novembre
       *[12] décembre
    } { $year } à { $clock } UTC
list-separator = {", "}
sentence-separator = {" "}

## Ways to sign in, and types of values, inside a message

method-code = un code
method-deviceauthn = une clé d’appareil
method-oidc = un compte d’un autre service
method-passkey = une clé d’accès
method-password = un mot de passe
method-saml = un compte professionnel
method-webauthn = une clé de sécurité
type-array = liste
type-boolean = oui ou non
type-integer = nombre entier
type-null = aucune valeur
type-number = nombre
type-object = groupe de champs
type-string = texte

## Login

kratos-1010001 = Se connecter
kratos-1010002 = Se connecter avec { $provider }
kratos-1010003 = Veuillez confirmer votre identité pour effectuer cette action.
kratos-1010004 = Pour vous connecter, effectuez la deuxième étape de validation.
kratos-1010005 = Valider
kratos-1010006 = Code d’authentification
kratos-1010007 = Code de secours
kratos-1010008 = Se connecter avec une clé de sécurité
kratos-1010009 = Utiliser l’application d’authentification
kratos-1010010 = Utiliser un code de secours
kratos-1010011 = Continuer avec une clé de sécurité
kratos-1010012 = Préparez votre clé de sécurité, ou l’empreinte digitale ou la reconnaissance faciale de votre appareil, puis continuez.
kratos-1010013 = Continuer
kratos-1010014 = Un code a été envoyé à l’adresse indiquée. Si vous ne l’avez pas reçu, vérifiez que l’adresse est correcte et réessayez.
kratos-1010015 = Envoyer un code de connexion
kratos-1010016 = Vous avez essayé de vous connecter en tant que « { $duplicate_identifier } », mais un autre compte utilise déjà cette adresse. Connectez-vous à ce compte pour ajouter { $provider } comme autre moyen de connexion.
kratos-1010017 = Se connecter et associer le compte
kratos-1010018 = Confirmer avec { $provider }
kratos-1010019 = Recevoir un code pour continuer
kratos-1010020 = Nous allons envoyer un code à { $masked_to }. Pour confirmer qu’il s’agit de votre adresse, saisissez-la ici.
kratos-1010021 = Se connecter avec une clé d’accès
kratos-1010022 = Se connecter avec un mot de passe
kratos-1010023 = Envoyer un code à { $address }
kratos-1010024 = Se connecter avec une clé d’appareil
kratos-1010025 = Un code a été envoyé à votre adresse. Si vous ne l’avez pas reçu, veuillez réessayer.

## Registration

kratos-1040001 = S’inscrire
kratos-1040002 = S’inscrire avec { $provider }
kratos-1040003 = Continuer
kratos-1040004 = S’inscrire avec une clé de sécurité
kratos-1040005 = Un code a été envoyé aux adresses indiquées. Si vous ne l’avez pas reçu, vérifiez que l’adresse est correcte et inscrivez-vous à nouveau.
kratos-1040006 = Envoyer un code d’inscription
kratos-1040007 = S’inscrire avec une clé d’accès
kratos-1040008 = Retour
kratos-1040009 = Choisissez comment vous souhaitez vous connecter à l’avenir.

## Settings

kratos-1050001 = Vos modifications ont été enregistrées.
kratos-1050002 = Associer { $provider }
kratos-1050003 = Dissocier { $provider }
kratos-1050004 = Supprimer l’application d’authentification
kratos-1050005 = Code QR pour l’application d’authentification
kratos-1050007 = Afficher les codes de secours
kratos-1050008 = Créer de nouveaux codes de secours
kratos-1050010 = Voici vos codes de secours. Conservez-les en lieu sûr.
kratos-1050011 = Confirmer les codes de secours
kratos-1050012 = Ajouter une clé de sécurité
kratos-1050013 = Nom de la clé de sécurité
kratos-1050014 = Utilisé le { $used_at }
kratos-1050016 = Supprimer les codes de secours
kratos-1050017 = Si vous ne pouvez pas scanner le code QR, saisissez cette clé dans l’application d’authentification.
kratos-1050018 = Supprimer la clé de sécurité « { $display_name } »
kratos-1050019 = Ajouter une clé d’accès
kratos-1050020 = Supprimer la clé d’accès « { $display_name } »
kratos-1050021 = Supprimer la clé d’appareil
kratos-1050022 = Valeur à usage unique de la clé d’appareil
kratos-1050023 = Votre compte est géré par votre organisation. Pour modifier ces paramètres, contactez votre administrateur.

## Recovery

kratos-1060001 =
    { $minutes ->
        [one] Vous avez récupéré votre compte. Vous disposez d’une minute pour modifier votre mot de passe ou configurer un autre moyen de connexion.
       *[other] Vous avez récupéré votre compte. Vous disposez de { $minutes } minutes pour modifier votre mot de passe ou configurer un autre moyen de connexion.
    }
kratos-1060002 = Un e-mail contenant un lien de récupération a été envoyé à l’adresse indiquée. Si vous ne l’avez pas reçu, vérifiez que l’adresse est correcte et qu’il s’agit bien de celle que vous avez utilisée pour vous inscrire.
kratos-1060003 = Un e-mail contenant un code de récupération a été envoyé à l’adresse indiquée. Si vous ne l’avez pas reçu, vérifiez que l’adresse est correcte et qu’il s’agit bien de celle que vous avez utilisée pour vous inscrire.
kratos-1060004 = Un code de récupération a été envoyé à { $masked_address }. Si vous ne l’avez pas reçu, vérifiez que l’adresse est correcte et qu’il s’agit bien de celle que vous avez utilisée pour vous inscrire.
kratos-1060005 = Pour récupérer votre compte, saisissez votre adresse de récupération en entier.
kratos-1060006 = Comment souhaitez-vous récupérer votre compte ?
kratos-1060007 = Retour

## Labels

kratos-1070001 = Mot de passe
kratos-1070003 = Enregistrer
kratos-1070004 = Adresse e-mail, numéro de téléphone ou nom d’utilisateur
kratos-1070005 = Envoyer
kratos-1070006 = Valider le code
kratos-1070007 = Adresse e-mail
kratos-1070008 = Renvoyer le code
kratos-1070009 = Continuer
kratos-1070010 = Code de récupération
kratos-1070011 = Code de validation
kratos-1070012 = Code d’inscription
kratos-1070013 = Code de connexion
kratos-1070014 = Se connecter et associer le compte
kratos-1070015 = Pour continuer, confirmez que vous n’êtes pas un robot.
kratos-1070016 = Adresse de récupération
kratos-1070017 = Numéro de téléphone
kratos-1070018 = Adresse e-mail ou numéro de téléphone

## Verification

kratos-1080001 = Un e-mail contenant un lien de validation a été envoyé à l’adresse indiquée. Si vous ne l’avez pas reçu, vérifiez que l’adresse est correcte et qu’il s’agit bien de celle que vous avez utilisée pour vous inscrire.
kratos-1080002 = Votre adresse e-mail est validée.
kratos-1080003 = Un e-mail contenant un code de validation a été envoyé à l’adresse indiquée. Si vous ne l’avez pas reçu, vérifiez que l’adresse est correcte et qu’il s’agit bien de celle que vous avez utilisée pour vous inscrire.
kratos-1080004 = Un SMS contenant un code de validation a été envoyé au numéro de téléphone indiqué. Si vous ne l’avez pas reçu, vérifiez que le numéro est correct et qu’il s’agit bien de celui que vous avez utilisé pour vous inscrire.
kratos-1080005 = Votre numéro de téléphone est validé.

## Errors of fields. The reason of Kratos, in English, follows 4000001, 4000005 and 5000001.

kratos-4000001 = Veuillez vérifier cette valeur.
kratos-4000002 = Le champ « { $property } » est obligatoire.
    .field = Veuillez remplir ce champ.
kratos-4000003 =
    { $min_length ->
        [one] Saisissez au moins { $min_length } caractère.
       *[other] Saisissez au moins { $min_length } caractères.
    }
kratos-4000004 = Cette valeur n’a pas le format attendu.
kratos-4000005 = Ce mot de passe ne peut pas être utilisé.
kratos-4000006 = Ces informations sont incorrectes. Vérifiez votre mot de passe ainsi que votre nom d’utilisateur, votre adresse e-mail ou votre numéro de téléphone.
kratos-4000007 = Un compte existe déjà avec cette adresse e-mail, ce numéro de téléphone ou ce nom d’utilisateur.
kratos-4000008 = Ce code d’authentification n’est pas valide. Veuillez réessayer.
kratos-4000009 = Il manque une information pour vous connecter, par exemple une adresse e-mail. Veuillez remplir à nouveau le formulaire.
kratos-4000010 = Ce compte n’est pas encore actif. Veuillez d’abord valider votre adresse e-mail.
kratos-4000011 = Vous n’avez pas configuré d’application d’authentification.
kratos-4000012 = Ce code de secours a déjà été utilisé.
kratos-4000013 = Vous n’avez pas configuré de clé de sécurité.
kratos-4000014 = Vous n’avez pas de codes de secours.
kratos-4000015 = Ce compte n’existe pas ou n’a pas de clé de sécurité.
kratos-4000016 = Ce code de secours n’est pas valide.
kratos-4000017 =
    { $max_length ->
        [one] Saisissez au maximum { $max_length } caractère.
       *[other] Saisissez au maximum { $max_length } caractères.
    }
kratos-4000018 = Saisissez un nombre supérieur ou égal à { $minimum }.
kratos-4000019 = Saisissez un nombre supérieur à { $minimum }.
kratos-4000020 = Saisissez un nombre inférieur ou égal à { $maximum }.
kratos-4000021 = Saisissez un nombre inférieur à { $maximum }.
kratos-4000022 = Saisissez un multiple de { $base }.
kratos-4000023 =
    { $max_items ->
        [one] Indiquez au maximum { $max_items } élément.
       *[other] Indiquez au maximum { $max_items } éléments.
    }
kratos-4000024 =
    { $min_items ->
        [one] Indiquez au moins { $min_items } élément.
       *[other] Indiquez au moins { $min_items } éléments.
    }
kratos-4000025 = Chaque élément ne peut figurer qu’une seule fois.
kratos-4000026 = Cette valeur n’est pas du bon type. Type attendu : { $allowed_types }.
kratos-4000027 = Un compte existe déjà avec cette adresse e-mail, ce numéro de téléphone ou ce nom d’utilisateur. Connectez-vous à ce compte pour y associer votre profil.
kratos-4000028 = Un autre compte utilise déjà « { $credential_identifier_hint } ».
    .unknown = Un autre compte utilise déjà cette adresse e-mail, ce numéro de téléphone ou ce nom d’utilisateur.
    .methods = Vous pouvez vous y connecter avec : { $methods }.
    .providers = Vous pouvez vous y connecter via : { $providers }.
kratos-4000029 = Cette valeur doit être « { $expected } ».
kratos-4000030 = Cette valeur n’est pas celle attendue.
kratos-4000031 = Ce mot de passe ressemble trop à votre adresse e-mail ou à votre nom d’utilisateur.
kratos-4000032 =
    { $min_length ->
        [one] Le mot de passe doit comporter au moins { $min_length } caractère.
       *[other] Le mot de passe doit comporter au moins { $min_length } caractères.
    }
kratos-4000033 =
    { $max_length ->
        [one] Le mot de passe doit comporter au maximum { $max_length } caractère.
       *[other] Le mot de passe doit comporter au maximum { $max_length } caractères.
    }
kratos-4000034 = Ce mot de passe figure dans des données volées. Veuillez en choisir un autre.
kratos-4000035 = Ce compte n’existe pas ou ne permet pas de se connecter avec un code.
kratos-4000036 = Ces informations ne correspondent pas à celles que vous avez saisies précédemment.
kratos-4000037 = Ce compte n’existe pas ou n’a aucun moyen de connexion.
kratos-4000038 = Nous n’avons pas pu confirmer que vous n’êtes pas un robot. Veuillez réessayer.
kratos-4000039 = Le nouveau mot de passe doit être différent de l’ancien.
kratos-4000040 = Saisissez une adresse e-mail valide.
kratos-4000041 = Saisissez un numéro de téléphone valide.
kratos-4000042 = Vous n’avez pas configuré de clé d’appareil.
kratos-4000043 = La clé de sécurité n’a pas été acceptée. Veuillez réessayer.
kratos-4000044 = La clé d’appareil n’a pas été acceptée.
kratos-4000045 = Cette clé d’appareil ne peut plus être utilisée. Veuillez configurer à nouveau votre appareil.
kratos-4000046 = Cette clé d’appareil est trop ancienne pour être utilisée. Veuillez configurer à nouveau votre appareil.

## Errors of forms

kratos-4010001 = Ce formulaire a expiré. Veuillez vous connecter à nouveau.
kratos-4010002 = La connexion a échoué. Veuillez vérifier les informations saisies.
kratos-4010003 = L’inscription a échoué. Veuillez vérifier les informations saisies.
kratos-4010004 = Vos paramètres n’ont pas pu être enregistrés. Veuillez vérifier les informations saisies.
kratos-4010005 = Votre compte n’a pas pu être récupéré. Veuillez vérifier les informations saisies.
kratos-4010006 = Votre adresse n’a pas pu être validée. Veuillez vérifier les informations saisies.
kratos-4010007 = Cette demande a déjà abouti et ne peut pas être répétée.
kratos-4010008 = Ce code de connexion n’est pas valide ou a déjà été utilisé. Veuillez réessayer.
kratos-4010009 = Ce n’est pas le compte à associer.
kratos-4010010 = Cette adresse n’appartient pas à votre compte.
kratos-4010011 = Ce compte est désactivé. Veuillez contacter l’assistance.
kratos-4040001 = Ce formulaire a expiré. Veuillez vous inscrire à nouveau.
kratos-4040002 = Cette demande a déjà abouti et ne peut pas être répétée.
kratos-4040003 = Ce code d’inscription n’est pas valide ou a déjà été utilisé. Veuillez réessayer.
kratos-4050001 = Ce formulaire a expiré. Veuillez réessayer.
kratos-4050002 = Vous ne pouvez modifier qu’une adresse à la fois. Veuillez enregistrer chaque modification séparément.
kratos-4060001 = Cette demande a déjà abouti et ne peut pas être répétée.
kratos-4060002 = La récupération a échoué. Veuillez recommencer.
kratos-4060003 = Le lien de récupération est incomplet. Veuillez recommencer.
kratos-4060004 = Ce lien de récupération n’est pas valide ou a déjà été utilisé. Veuillez recommencer.
kratos-4060005 = Ce formulaire a expiré. Veuillez recommencer la récupération.
kratos-4060006 = Ce code de récupération n’est pas valide ou a déjà été utilisé. Veuillez réessayer.
kratos-4070001 = Ce lien de validation n’est pas valide ou a déjà été utilisé. Veuillez recommencer.
kratos-4070002 = Cette demande a déjà abouti et ne peut pas être répétée.
kratos-4070003 = La validation a échoué. Veuillez recommencer.
kratos-4070004 = Le lien de validation est incomplet. Veuillez recommencer.
kratos-4070005 = Ce formulaire a expiré. Veuillez recommencer la validation.
kratos-4070006 = Ce code de validation n’est pas valide ou a déjà été utilisé. Veuillez réessayer.
kratos-5000001 = Une erreur s’est produite.
kratos-5000002 = Aucun moyen de connexion n’est disponible pour le moment. Veuillez contacter l’administrateur.
kratos-5000003 = Votre organisation exige la connexion avec un compte professionnel, mais celle-ci n’est pas configurée. Veuillez contacter votre administrateur.

## Phrases of the pages: titles of pages and of the sections of the settings

login-title = Se connecter
refresh-title = Confirmez votre identité
second_factor-title = Se connecter
second_factor-subtitle = Validation en deux étapes
registration-title = Créer un compte
recovery-title = Récupérer votre compte
verification-title = Valider votre adresse
settings-title = Paramètres du compte
sections-title = Sur cette page
section-profile = Profil
section-password = Mot de passe
section-oidc = Comptes d’autres services
section-saml = Compte professionnel
section-totp = Application d’authentification
section-passkey = Clés d’accès
section-webauthn = Clés de sécurité
section-deviceauthn = Clés d’appareil
section-lookup_secret = Codes de secours
section-other = Autres paramètres

## Inside forms

or = ou
submit = Envoyer
no_choice = Aucun choix
field-optional = facultatif
field-date_time = Date, heure et fuseau horaire, par exemple 2026-11-28T09:30:00Z
list-add = Ajouter un élément
list-remove = Pour supprimer un élément, décochez-le.
password-new = Nouveau mot de passe
password-show = Afficher le mot de passe
code-sent_to = Le code a été envoyé à :
code-enter = Saisissez le code que nous vous avons envoyé. S’il n’arrive pas, consultez votre dossier de courrier indésirable ou demandez un nouvel envoi.
totp-enter = Ouvrez votre application d’authentification et saisissez le code affiché.
lookup_secret-enter = Saisissez l’un de vos codes de secours. Chaque code ne fonctionne qu’une seule fois.
lookup_secret-confirm = Conservez ces codes en lieu sûr, puis confirmez-les. Ils ne fonctionneront qu’après cette confirmation.
needs_script = Cette fonctionnalité nécessite JavaScript et un navigateur compatible avec les clés d’accès ou les clés de sécurité.
needs_script-profile = Cette modification nécessite JavaScript : sans lui, d’autres éléments de votre profil seraient perdus.
needs_script-captcha = Ce formulaire nécessite JavaScript : il vérifie que vous n’êtes pas un robot.
nothing_to_do = Aucune action n’est nécessaire ici.
no_second_factor = Vous n’avez pas encore configuré la validation en deux étapes. Vous pouvez le faire dans les paramètres de votre compte.
unusable = Ce formulaire ne peut pas être utilisé : sa destination n’est pas une adresse web.

## Links

link-recovery = Mot de passe oublié ?
link-recovery_code = Vous n’arrivez pas à vous connecter ?
link-registration-before = Pas encore de compte ?
link-registration = S’inscrire
link-login-before = Vous avez déjà un compte ?
link-login = Se connecter
link-other_account = Utiliser un autre compte
link-verification = Valider votre adresse
link-settings = Paramètres du compte
link-logout = Se déconnecter
link-home = Accueil
link-try_again = Réessayer
link-confirm = Confirmer votre identité
link-continue = Continuer
link-back = Retour

## Errors and refusals

error-title = Une erreur s’est produite
error-unknown = Aucune description n’est disponible pour cette erreur.
error-details = Détails
refused-not_signed_in = Vous devez d’abord vous connecter.
refused-forbidden = Vous n’avez pas accès à cette page.
refused-confirm = Veuillez confirmer votre identité, puis réessayer.
refused-second_factor = Cette page exige la validation en deux étapes.
refused-verify = Veuillez d’abord valider votre adresse.
refused-no_progress = La connexion n’a pas fonctionné. Veuillez autoriser les cookies, puis réessayer.
refused-no_flow = Ce formulaire a expiré.
refused-cross_site = Cette demande provient d’un autre site. Aucune action n’a été effectuée.
refused-rate_limited = Trop de demandes. Veuillez réessayer dans un instant.
refused-unavailable = Votre session ne peut pas être vérifiée pour le moment. Elle reste ouverte ; veuillez réessayer dans un instant.
refused-other = Cette demande ne peut pas être traitée.

## Consent, logout and devices of an OAuth 2 provider

consent-title = { $client } souhaite utiliser votre compte
consent-unnamed = Une application
consent-scopes = Elle demande ce qui suit. Vous pouvez en refuser une partie.
consent-accept = Autoriser
consent-reject = Refuser
consent-remember = Ne plus demander pour cette application
consent-terms = Conditions d’utilisation de l’application
consent-policy = Politique de confidentialité de l’application
consent-other_account = L’application attend un autre compte que celui avec lequel vous êtes connecté.
consent-anew = Se connecter avec l’autre compte
scope-openid = Confirmer votre identité
scope-profile = Voir votre nom et votre profil
scope-email = Voir votre adresse e-mail
scope-phone = Voir votre numéro de téléphone
scope-address = Voir votre adresse postale
scope-offline_access = Rester connectée en votre absence
scope-unknown = Utiliser « { $scope } »
logout-question = Voulez-vous vous déconnecter ?
logout-client = { $client } demande à vous déconnecter ici et dans les applications que vous avez ouvertes d’ici.
logout-stay = Rester connecté
device-title = Connecter un appareil
device-question = Saisissez le code affiché par votre appareil. Ne continuez que si vous avez commencé sur un appareil devant vous.
device-code = Code
device-wrong = Ce code est erroné ou a expiré.
device-done = Votre appareil est connecté. Vous pouvez fermer cette page.
provider-expired = Cette demande a expiré ou a déjà reçu une réponse. Veuillez recommencer dans l’application.
provider-unavailable = Cela n’est pas possible pour le moment. Veuillez réessayer dans un instant.
provider-error = L’application ne peut pas vous connecter.

## Sessions and devices, and deleting the account

devices-title = Sessions et appareils
devices-current = Cet appareil
devices-unknown = Appareil inconnu
devices-name = { $browser } sous { $system }
devices-signed_in = Connexion le { $time }
devices-two_factors = Avec deux facteurs
devices-from = Depuis { $place }
devices-revoke = Déconnecter : { $device }
devices-revoke_others = Déconnecter tous les autres appareils
devices-alone = Vous n’êtes connecté nulle part ailleurs.
ago-now = à l’instant
ago-minutes =
    { $n ->
        [one] il y a { $n } minute
       *[other] il y a { $n } minutes
    }
ago-hours =
    { $n ->
        [one] il y a { $n } heure
       *[other] il y a { $n } heures
    }
ago-days =
    { $n ->
        [one] il y a { $n } jour
       *[other] il y a { $n } jours
    }
delete-title = Supprimer votre compte
delete-warning = Votre compte et tout son contenu seront supprimés. Cette action est irréversible.
delete-confirm = Je souhaite supprimer définitivement mon compte
delete-button = Supprimer mon compte
delete-failed = Votre compte n’a pas pu être supprimé. Veuillez réessayer plus tard.
