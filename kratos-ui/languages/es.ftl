# Español. See ../languages/README.md for what each kind of entry is.

## The language

date-time =
    { $day } de { $month ->
        [1] enero
        [2] febrero
        [3] marzo
        [4] abril
        [5] mayo
        [6] junio
        [7] julio
        [8] agosto
        [9] septiembre
        [10] octubre
        [11] noviembre
       *[12] diciembre
    } de { $year }, { $clock } UTC
list-separator = {", "}
sentence-separator = {" "}

## Ways to sign in, and types of values, inside a message

method-code = un código
method-deviceauthn = una llave de dispositivo
method-oidc = una cuenta de otro servicio
method-passkey = una llave de acceso
method-password = una contraseña
method-saml = una cuenta de empresa
method-webauthn = una llave de seguridad
type-array = lista
type-boolean = sí o no
type-integer = número entero
type-null = ningún valor
type-number = número
type-object = grupo de campos
type-string = texto

## Login

kratos-1010001 = Iniciar sesión
kratos-1010002 = Iniciar sesión con { $provider }
kratos-1010003 = Confirme su identidad para realizar esta acción.
kratos-1010004 = Para iniciar sesión, complete el segundo paso de verificación.
kratos-1010005 = Verificar
kratos-1010006 = Código de autenticación
kratos-1010007 = Código de respaldo
kratos-1010008 = Iniciar sesión con una llave de seguridad
kratos-1010009 = Usar la aplicación de autenticación
kratos-1010010 = Usar un código de respaldo
kratos-1010011 = Continuar con una llave de seguridad
kratos-1010012 = Prepare su llave de seguridad, o la huella digital o el reconocimiento facial de su dispositivo, y continúe.
kratos-1010013 = Continuar
kratos-1010014 = Hemos enviado un código a la dirección indicada. Si no lo ha recibido, compruebe que la dirección sea correcta e inténtelo de nuevo.
kratos-1010015 = Enviar un código de inicio de sesión
kratos-1010016 = Ha intentado iniciar sesión como “{ $duplicate_identifier }”, pero otra cuenta ya usa esa dirección. Inicie sesión en esa cuenta para añadir { $provider } como otra forma de iniciar sesión.
kratos-1010017 = Iniciar sesión y vincular
kratos-1010018 = Confirmar con { $provider }
kratos-1010019 = Solicitar un código para continuar
kratos-1010020 = Enviaremos un código a { $masked_to }. Para confirmar que es su dirección, escríbala aquí.
kratos-1010021 = Iniciar sesión con una llave de acceso
kratos-1010022 = Iniciar sesión con una contraseña
kratos-1010023 = Enviar un código a { $address }
kratos-1010024 = Iniciar sesión con una llave de dispositivo
kratos-1010025 = Hemos enviado un código a su dirección. Si no lo ha recibido, inténtelo de nuevo.

## Registration

kratos-1040001 = Registrarse
kratos-1040002 = Registrarse con { $provider }
kratos-1040003 = Continuar
kratos-1040004 = Registrarse con una llave de seguridad
kratos-1040005 = Hemos enviado un código a las direcciones indicadas. Si no lo ha recibido, compruebe que la dirección sea correcta y regístrese de nuevo.
kratos-1040006 = Enviar un código de registro
kratos-1040007 = Registrarse con una llave de acceso
kratos-1040008 = Atrás
kratos-1040009 = Elija cómo quiere iniciar sesión a partir de ahora.

## Settings

kratos-1050001 = Se han guardado los cambios.
kratos-1050002 = Vincular { $provider }
kratos-1050003 = Desvincular { $provider }
kratos-1050004 = Eliminar la aplicación de autenticación
kratos-1050005 = Código QR para la aplicación de autenticación
kratos-1050007 = Mostrar los códigos de respaldo
kratos-1050008 = Crear nuevos códigos de respaldo
kratos-1050010 = Estos son sus códigos de respaldo. Guárdelos en un lugar seguro.
kratos-1050011 = Confirmar los códigos de respaldo
kratos-1050012 = Añadir una llave de seguridad
kratos-1050013 = Nombre de la llave de seguridad
kratos-1050014 = Usado el { $used_at }
kratos-1050016 = Eliminar los códigos de respaldo
kratos-1050017 = Si no puede escanear el código QR, introduzca esta clave en la aplicación de autenticación.
kratos-1050018 = Eliminar la llave de seguridad “{ $display_name }”
kratos-1050019 = Añadir una llave de acceso
kratos-1050020 = Eliminar la llave de acceso “{ $display_name }”
kratos-1050021 = Eliminar la llave de dispositivo
kratos-1050022 = Valor de un solo uso de la llave de dispositivo
kratos-1050023 = Su organización administra su cuenta. Para cambiar esta configuración, póngase en contacto con su administrador.

## Recovery

kratos-1060001 =
    { $minutes ->
        [one] Ha recuperado su cuenta. Tiene un minuto para cambiar la contraseña o configurar otra forma de iniciar sesión.
       *[other] Ha recuperado su cuenta. Tiene { $minutes } minutos para cambiar la contraseña o configurar otra forma de iniciar sesión.
    }
kratos-1060002 = Hemos enviado un correo con un enlace de recuperación a la dirección indicada. Si no lo ha recibido, compruebe que la dirección sea correcta y que sea la que usó para registrarse.
kratos-1060003 = Hemos enviado un correo con un código de recuperación a la dirección indicada. Si no lo ha recibido, compruebe que la dirección sea correcta y que sea la que usó para registrarse.
kratos-1060004 = Hemos enviado un código de recuperación a { $masked_address }. Si no lo ha recibido, compruebe que la dirección sea correcta y que sea la que usó para registrarse.
kratos-1060005 = Para recuperar su cuenta, introduzca su dirección de recuperación completa.
kratos-1060006 = ¿Cómo quiere recuperar su cuenta?
kratos-1060007 = Atrás

## Labels

kratos-1070001 = Contraseña
kratos-1070003 = Guardar
kratos-1070004 = Correo electrónico, número de teléfono o nombre de usuario
kratos-1070005 = Enviar
kratos-1070006 = Verificar el código
kratos-1070007 = Correo electrónico
kratos-1070008 = Reenviar el código
kratos-1070009 = Continuar
kratos-1070010 = Código de recuperación
kratos-1070011 = Código de verificación
kratos-1070012 = Código de registro
kratos-1070013 = Código de inicio de sesión
kratos-1070014 = Iniciar sesión y vincular
kratos-1070015 = Para continuar, confirme que no es un robot.
kratos-1070016 = Dirección de recuperación
kratos-1070017 = Número de teléfono
kratos-1070018 = Correo electrónico o número de teléfono

## Verification

kratos-1080001 = Hemos enviado un correo con un enlace de verificación a la dirección indicada. Si no lo ha recibido, compruebe que la dirección sea correcta y que sea la que usó para registrarse.
kratos-1080002 = Su dirección de correo electrónico está verificada.
kratos-1080003 = Hemos enviado un correo con un código de verificación a la dirección indicada. Si no lo ha recibido, compruebe que la dirección sea correcta y que sea la que usó para registrarse.
kratos-1080004 = Hemos enviado un SMS con un código de verificación al número de teléfono indicado. Si no lo ha recibido, compruebe que el número sea correcto y que sea el que usó para registrarse.
kratos-1080005 = Su número de teléfono está verificado.

## Errors of fields. The reason of Kratos, in English, follows 4000001, 4000005 and 5000001.

kratos-4000001 = Revise este valor.
kratos-4000002 = Falta “{ $property }”.
    .field = Complete este campo.
kratos-4000003 =
    { $min_length ->
        [one] Introduzca al menos { $min_length } carácter.
       *[other] Introduzca al menos { $min_length } caracteres.
    }
kratos-4000004 = Este valor no tiene el formato esperado.
kratos-4000005 = No se puede usar esta contraseña.
kratos-4000006 = Los datos no son correctos. Revise la contraseña y el nombre de usuario, el correo electrónico o el número de teléfono.
kratos-4000007 = Ya existe una cuenta con este correo electrónico, número de teléfono o nombre de usuario.
kratos-4000008 = Este código de autenticación no es válido. Inténtelo de nuevo.
kratos-4000009 = Falta un dato para iniciar sesión, como una dirección de correo electrónico. Vuelva a rellenar el formulario.
kratos-4000010 = Esta cuenta aún no está activa. Verifique primero su dirección de correo electrónico.
kratos-4000011 = No ha configurado ninguna aplicación de autenticación.
kratos-4000012 = Este código de respaldo ya se ha usado.
kratos-4000013 = No ha configurado ninguna llave de seguridad.
kratos-4000014 = No tiene códigos de respaldo.
kratos-4000015 = Esta cuenta no existe o no tiene ninguna llave de seguridad.
kratos-4000016 = Este código de respaldo no es válido.
kratos-4000017 =
    { $max_length ->
        [one] Introduzca como máximo { $max_length } carácter.
       *[other] Introduzca como máximo { $max_length } caracteres.
    }
kratos-4000018 = Introduzca un número mayor o igual que { $minimum }.
kratos-4000019 = Introduzca un número mayor que { $minimum }.
kratos-4000020 = Introduzca un número menor o igual que { $maximum }.
kratos-4000021 = Introduzca un número menor que { $maximum }.
kratos-4000022 = Introduzca un múltiplo de { $base }.
kratos-4000023 =
    { $max_items ->
        [one] Indique como máximo { $max_items } elemento.
       *[other] Indique como máximo { $max_items } elementos.
    }
kratos-4000024 =
    { $min_items ->
        [one] Indique al menos { $min_items } elemento.
       *[other] Indique al menos { $min_items } elementos.
    }
kratos-4000025 = Cada elemento puede aparecer solo una vez.
kratos-4000026 = Este valor no es del tipo correcto. Tipo esperado: { $allowed_types }.
kratos-4000027 = Ya existe una cuenta con este correo electrónico, número de teléfono o nombre de usuario. Inicie sesión en ella para vincular su perfil.
kratos-4000028 = Otra cuenta ya usa “{ $credential_identifier_hint }”.
    .unknown = Otra cuenta ya usa este correo electrónico, número de teléfono o nombre de usuario.
    .methods = Puede iniciar sesión en ella con: { $methods }.
    .providers = Puede iniciar sesión en ella a través de: { $providers }.
kratos-4000029 = Este valor debe ser “{ $expected }”.
kratos-4000030 = Este valor no es el esperado.
kratos-4000031 = Esta contraseña se parece demasiado a su correo electrónico o a su nombre de usuario.
kratos-4000032 =
    { $min_length ->
        [one] La contraseña debe tener al menos { $min_length } carácter.
       *[other] La contraseña debe tener al menos { $min_length } caracteres.
    }
kratos-4000033 =
    { $max_length ->
        [one] La contraseña debe tener como máximo { $max_length } carácter.
       *[other] La contraseña debe tener como máximo { $max_length } caracteres.
    }
kratos-4000034 = Esta contraseña figura en datos robados. Elija otra.
kratos-4000035 = Esta cuenta no existe o no permite iniciar sesión con un código.
kratos-4000036 = Estos datos no coinciden con los que introdujo antes.
kratos-4000037 = Esta cuenta no existe o no tiene ninguna forma de iniciar sesión.
kratos-4000038 = No hemos podido confirmar que usted no es un robot. Inténtelo de nuevo.
kratos-4000039 = La contraseña nueva debe ser distinta de la anterior.
kratos-4000040 = Introduzca una dirección de correo electrónico válida.
kratos-4000041 = Introduzca un número de teléfono válido.
kratos-4000042 = No ha configurado ninguna llave de dispositivo.
kratos-4000043 = No se ha aceptado la llave de seguridad. Inténtelo de nuevo.
kratos-4000044 = No se ha aceptado la llave de dispositivo.
kratos-4000045 = Esta llave de dispositivo ya no se puede usar. Vuelva a configurar el dispositivo.
kratos-4000046 = Esta llave de dispositivo es demasiado antigua y no se puede usar. Vuelva a configurar el dispositivo.

## Errors of forms

kratos-4010001 = Este formulario ha caducado. Vuelva a iniciar sesión.
kratos-4010002 = No se ha podido iniciar sesión. Revise los datos introducidos.
kratos-4010003 = No se ha podido completar el registro. Revise los datos introducidos.
kratos-4010004 = No se ha podido guardar la configuración. Revise los datos introducidos.
kratos-4010005 = No se ha podido recuperar la cuenta. Revise los datos introducidos.
kratos-4010006 = No se ha podido verificar la dirección. Revise los datos introducidos.
kratos-4010007 = Esta solicitud ya se ha completado y no se puede repetir.
kratos-4010008 = Este código de inicio de sesión no es válido o ya se ha usado. Inténtelo de nuevo.
kratos-4010009 = Esta no es la cuenta que se debe vincular.
kratos-4010010 = Esta dirección no pertenece a su cuenta.
kratos-4010011 = Esta cuenta está deshabilitada. Póngase en contacto con el servicio de asistencia.
kratos-4040001 = Este formulario ha caducado. Vuelva a registrarse.
kratos-4040002 = Esta solicitud ya se ha completado y no se puede repetir.
kratos-4040003 = Este código de registro no es válido o ya se ha usado. Inténtelo de nuevo.
kratos-4050001 = Este formulario ha caducado. Inténtelo de nuevo.
kratos-4050002 = Solo puede cambiar una dirección a la vez. Guarde cada cambio por separado.
kratos-4060001 = Esta solicitud ya se ha completado y no se puede repetir.
kratos-4060002 = No se ha podido completar la recuperación. Empiece de nuevo.
kratos-4060003 = El enlace de recuperación está incompleto. Empiece de nuevo.
kratos-4060004 = Este enlace de recuperación no es válido o ya se ha usado. Empiece de nuevo.
kratos-4060005 = Este formulario ha caducado. Empiece de nuevo la recuperación.
kratos-4060006 = Este código de recuperación no es válido o ya se ha usado. Inténtelo de nuevo.
kratos-4070001 = Este enlace de verificación no es válido o ya se ha usado. Empiece de nuevo.
kratos-4070002 = Esta solicitud ya se ha completado y no se puede repetir.
kratos-4070003 = No se ha podido completar la verificación. Empiece de nuevo.
kratos-4070004 = El enlace de verificación está incompleto. Empiece de nuevo.
kratos-4070005 = Este formulario ha caducado. Empiece de nuevo la verificación.
kratos-4070006 = Este código de verificación no es válido o ya se ha usado. Inténtelo de nuevo.
kratos-5000001 = Se ha producido un error.
kratos-5000002 = En este momento no hay ninguna forma de iniciar sesión. Póngase en contacto con el administrador.
kratos-5000003 = Su organización exige iniciar sesión con una cuenta de empresa, pero esta opción no está configurada. Póngase en contacto con su administrador.

## Phrases of the pages: titles of pages and of the sections of the settings

login-title = Iniciar sesión
refresh-title = Confirme su identidad
second_factor-title = Iniciar sesión
second_factor-subtitle = Verificación en dos pasos
registration-title = Crear una cuenta
recovery-title = Recuperar su cuenta
verification-title = Verificar su dirección
settings-title = Configuración de la cuenta
sections-title = En esta página
section-profile = Perfil
section-password = Contraseña
section-oidc = Cuentas de otros servicios
section-saml = Cuenta de empresa
section-totp = Aplicación de autenticación
section-passkey = Llaves de acceso
section-webauthn = Llaves de seguridad
section-deviceauthn = Llaves de dispositivo
section-lookup_secret = Códigos de respaldo
section-other = Otras opciones

## Inside forms

or = o
submit = Enviar
no_choice = Sin selección
field-optional = opcional
field-date_time = Fecha, hora y zona horaria, por ejemplo 2026-11-28T09:30:00Z
list-add = Añadir un elemento
list-remove = Para eliminar un elemento, desmarque su casilla.
password-new = Contraseña nueva
password-show = Mostrar contraseña
code-sent_to = El código se ha enviado a:
code-enter = Introduzca el código que le hemos enviado. Si no le llega, revise la carpeta de correo no deseado o solicite que se lo enviemos de nuevo.
totp-enter = Abra su aplicación de autenticación e introduzca el código que muestra.
lookup_secret-enter = Introduzca uno de sus códigos de respaldo. Cada código funciona una sola vez.
lookup_secret-confirm = Guarde estos códigos en un lugar seguro y, después, confírmelos. No funcionarán hasta que los confirme.
needs_script = Para esto se necesitan JavaScript y un navegador compatible con llaves de acceso o llaves de seguridad.
needs_script-profile = Para cambiar esto se necesita JavaScript: sin él se perderían otros datos de su perfil.
needs_script-captcha = Este formulario necesita JavaScript: comprueba que usted no es un robot.
nothing_to_do = No es necesario hacer nada aquí.
no_second_factor = Aún no ha configurado la verificación en dos pasos. Puede hacerlo en la configuración de la cuenta.
unusable = No se puede usar este formulario: su destino no es una dirección web.

## Links

link-recovery = ¿Ha olvidado su contraseña?
link-recovery_code = ¿Tiene problemas para iniciar sesión?
link-registration-before = ¿Aún no tiene cuenta?
link-registration = Registrarse
link-login-before = ¿Ya tiene una cuenta?
link-login = Iniciar sesión
link-other_account = Usar otra cuenta
link-verification = Verificar su dirección
link-settings = Configuración de la cuenta
link-logout = Cerrar sesión
link-home = Inicio
link-try_again = Intentar de nuevo
link-confirm = Confirmar su identidad
link-continue = Continuar
link-back = Atrás

## Errors and refusals

error-title = Se ha producido un error
error-unknown = No hay ninguna descripción de este error.
error-details = Detalles
refused-not_signed_in = No ha iniciado sesión.
refused-forbidden = No tiene acceso a esta página.
refused-confirm = Confirme su identidad e inténtelo de nuevo.
refused-second_factor = Esta página requiere la verificación en dos pasos.
refused-verify = Verifique primero su dirección.
refused-no_progress = No se ha podido iniciar sesión. Permita las cookies e inténtelo de nuevo.
refused-no_flow = Este formulario ha caducado.
refused-cross_site = Esta solicitud procede de otro sitio. No se ha realizado ninguna acción.
refused-rate_limited = Demasiadas solicitudes. Inténtelo de nuevo en unos instantes.
refused-unavailable = No se puede comprobar su sesión en este momento. Su sesión sigue abierta; inténtelo de nuevo en unos instantes.
refused-other = No se puede responder a esta solicitud.

## Consent, logout and devices of an OAuth 2 provider

consent-title = { $client } quiere usar su cuenta
consent-unnamed = Una aplicación
consent-scopes = Solicita lo siguiente. Puede rechazar algunas partes.
consent-accept = Permitir
consent-reject = No permitir
consent-remember = No volver a preguntar para esta aplicación
consent-terms = Condiciones del servicio de la aplicación
consent-policy = Política de privacidad de la aplicación
consent-other_account = La aplicación espera otra cuenta distinta de la que tiene la sesión iniciada.
consent-anew = Iniciar sesión con la otra cuenta
scope-openid = Confirmar quién es usted
scope-profile = Ver su nombre y su perfil
scope-email = Ver su correo electrónico
scope-phone = Ver su número de teléfono
scope-address = Ver su dirección postal
scope-offline_access = Seguir conectada en su ausencia
scope-unknown = Usar “{ $scope }”
logout-question = ¿Quiere cerrar sesión?
logout-client = { $client } pide cerrar su sesión aquí y en las aplicaciones que abrió desde aquí.
logout-stay = Mantener la sesión iniciada
device-title = Conectar un dispositivo
device-question = Introduzca el código que muestra su dispositivo. Continúe solo si empezó esto en un dispositivo que tiene delante.
device-code = Código
device-wrong = Este código es incorrecto o ha caducado.
device-done = Su dispositivo está conectado. Puede cerrar esta página.
provider-expired = Esta solicitud ha caducado o ya se respondió. Empiece de nuevo en la aplicación.
provider-unavailable = Ahora mismo no es posible. Inténtelo de nuevo en un momento.
provider-error = La aplicación no puede iniciar su sesión.

## Sessions and devices, and deleting the account

devices-title = Sesiones y dispositivos
devices-current = Este dispositivo
devices-unknown = Dispositivo desconocido
devices-name = { $browser } en { $system }
devices-signed_in = Sesión iniciada el { $time }
devices-two_factors = Con dos factores
devices-from = Desde { $place }
devices-revoke = Cerrar sesión: { $device }
devices-revoke_others = Cerrar sesión en los demás dispositivos
devices-alone = No ha iniciado sesión en ningún otro lugar.
ago-now = ahora mismo
ago-minutes =
    { $n ->
        [one] hace 1 minuto
       *[other] hace { $n } minutos
    }
ago-hours =
    { $n ->
        [one] hace 1 hora
       *[other] hace { $n } horas
    }
ago-days =
    { $n ->
        [one] hace 1 día
       *[other] hace { $n } días
    }
delete-title = Eliminar su cuenta
delete-warning = Se eliminarán su cuenta y todo su contenido. Esta acción no se puede deshacer.
delete-confirm = Quiero eliminar mi cuenta definitivamente
delete-button = Eliminar mi cuenta
delete-failed = No se ha podido eliminar su cuenta. Inténtelo de nuevo más tarde.
