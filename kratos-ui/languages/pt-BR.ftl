# Português (Brasil). See ../languages/README.md for what each kind of entry is.

## The language

date-time =
    { $day ->
        [1] 1º
       *[other] { $day }
    } de { $month ->
        [1] janeiro
        [2] fevereiro
        [3] março
        [4] abril
        [5] maio
        [6] junho
        [7] julho
        [8] agosto
        [9] setembro
        [10] outubro
        [11] novembro
       *[12] dezembro
    } de { $year }, às { $clock } UTC
list-separator = {", "}
sentence-separator = {" "}

## Ways to sign in, and types of values, inside a message

method-code = um código
method-deviceauthn = uma chave de dispositivo
method-oidc = uma conta de outro serviço
method-passkey = uma chave de acesso
method-password = uma senha
method-saml = uma conta corporativa
method-webauthn = uma chave de segurança
type-array = lista
type-boolean = sim ou não
type-integer = número inteiro
type-null = nenhum valor
type-number = número
type-object = grupo de campos
type-string = texto

## Login

kratos-1010001 = Fazer login
kratos-1010002 = Fazer login com { $provider }
kratos-1010003 = Para realizar esta ação, confirme sua identidade.
kratos-1010004 = Para fazer login, conclua a segunda etapa da verificação.
kratos-1010005 = Verificar
kratos-1010006 = Código de autenticação
kratos-1010007 = Código alternativo
kratos-1010008 = Fazer login com uma chave de segurança
kratos-1010009 = Usar o app autenticador
kratos-1010010 = Usar um código alternativo
kratos-1010011 = Continuar com uma chave de segurança
kratos-1010012 = Prepare sua chave de segurança, ou a impressão digital ou o reconhecimento facial do seu dispositivo, e continue.
kratos-1010013 = Continuar
kratos-1010014 = Enviamos um código para o endereço informado. Se você não recebeu o código, confira se o endereço está correto e tente novamente.
kratos-1010015 = Enviar um código de login
kratos-1010016 = Você tentou fazer login como “{ $duplicate_identifier }”, mas outra conta já usa esse endereço. Faça login nela para adicionar { $provider } como outra forma de login.
kratos-1010017 = Fazer login e vincular
kratos-1010018 = Confirmar com { $provider }
kratos-1010019 = Solicitar um código para continuar
kratos-1010020 = Enviaremos um código para { $masked_to }. Para confirmar que esse endereço é seu, digite-o aqui.
kratos-1010021 = Fazer login com uma chave de acesso
kratos-1010022 = Fazer login com uma senha
kratos-1010023 = Enviar um código para { $address }
kratos-1010024 = Fazer login com uma chave de dispositivo
kratos-1010025 = Enviamos um código para o seu endereço. Se você não recebeu o código, tente novamente.

## Registration

kratos-1040001 = Criar conta
kratos-1040002 = Criar conta com { $provider }
kratos-1040003 = Continuar
kratos-1040004 = Criar conta com uma chave de segurança
kratos-1040005 = Enviamos um código para os endereços informados. Se você não recebeu o código, confira se o endereço está correto e faça o cadastro novamente.
kratos-1040006 = Enviar um código de cadastro
kratos-1040007 = Criar conta com uma chave de acesso
kratos-1040008 = Voltar
kratos-1040009 = Escolha como você quer fazer login de agora em diante.

## Settings

kratos-1050001 = Suas alterações foram salvas.
kratos-1050002 = Vincular { $provider }
kratos-1050003 = Desvincular { $provider }
kratos-1050004 = Remover o app autenticador
kratos-1050005 = QR code para o app autenticador
kratos-1050007 = Mostrar os códigos alternativos
kratos-1050008 = Criar novos códigos alternativos
kratos-1050010 = Estes são seus códigos alternativos. Guarde-os em um lugar seguro.
kratos-1050011 = Confirmar os códigos alternativos
kratos-1050012 = Adicionar uma chave de segurança
kratos-1050013 = Nome da chave de segurança
kratos-1050014 = Usado em { $used_at }
kratos-1050016 = Remover os códigos alternativos
kratos-1050017 = Se não for possível ler o QR code, digite esta chave no app autenticador.
kratos-1050018 = Remover a chave de segurança “{ $display_name }”
kratos-1050019 = Adicionar uma chave de acesso
kratos-1050020 = Remover a chave de acesso “{ $display_name }”
kratos-1050021 = Remover a chave de dispositivo
kratos-1050022 = Valor de uso único da chave de dispositivo
kratos-1050023 = Sua conta é gerenciada pela sua organização. Para alterar estas configurações, entre em contato com o administrador.

## Recovery

kratos-1060001 =
    { $minutes ->
        [one] Sua conta foi recuperada. Você tem um minuto para mudar a senha ou configurar outra forma de login.
       *[other] Sua conta foi recuperada. Você tem { $minutes } minutos para mudar a senha ou configurar outra forma de login.
    }
kratos-1060002 = Enviamos um e-mail com um link de recuperação para o endereço informado. Se você não recebeu o e-mail, confira se o endereço está correto e se é o mesmo que você usou no cadastro.
kratos-1060003 = Enviamos um e-mail com um código de recuperação para o endereço informado. Se você não recebeu o e-mail, confira se o endereço está correto e se é o mesmo que você usou no cadastro.
kratos-1060004 = Enviamos um código de recuperação para { $masked_address }. Se você não recebeu o código, confira se o endereço está correto e se é o mesmo que você usou no cadastro.
kratos-1060005 = Para recuperar sua conta, digite seu endereço de recuperação completo.
kratos-1060006 = Como você quer recuperar sua conta?
kratos-1060007 = Voltar

## Labels

kratos-1070001 = Senha
kratos-1070003 = Salvar
kratos-1070004 = E-mail, número de telefone ou nome de usuário
kratos-1070005 = Enviar
kratos-1070006 = Verificar o código
kratos-1070007 = E-mail
kratos-1070008 = Reenviar o código
kratos-1070009 = Continuar
kratos-1070010 = Código de recuperação
kratos-1070011 = Código de verificação
kratos-1070012 = Código de cadastro
kratos-1070013 = Código de login
kratos-1070014 = Fazer login e vincular
kratos-1070015 = Para continuar, confirme que você não é um robô.
kratos-1070016 = Endereço de recuperação
kratos-1070017 = Número de telefone
kratos-1070018 = E-mail ou número de telefone

## Verification

kratos-1080001 = Enviamos um e-mail com um link de verificação para o endereço informado. Se você não recebeu o e-mail, confira se o endereço está correto e se é o mesmo que você usou no cadastro.
kratos-1080002 = Seu endereço de e-mail foi verificado.
kratos-1080003 = Enviamos um e-mail com um código de verificação para o endereço informado. Se você não recebeu o e-mail, confira se o endereço está correto e se é o mesmo que você usou no cadastro.
kratos-1080004 = Enviamos um SMS com um código de verificação para o número de telefone informado. Se você não recebeu o SMS, confira se o número está correto e se é o mesmo que você usou no cadastro.
kratos-1080005 = Seu número de telefone foi verificado.

## Errors of fields. The reason of Kratos, in English, follows 4000001, 4000005 and 5000001.

kratos-4000001 = Confira este valor.
kratos-4000002 = Falta “{ $property }”.
    .field = Preencha este campo.
kratos-4000003 =
    { $min_length ->
        [one] Digite pelo menos { $min_length } caractere.
       *[other] Digite pelo menos { $min_length } caracteres.
    }
kratos-4000004 = Este valor não está no formato esperado.
kratos-4000005 = Esta senha não pode ser usada.
kratos-4000006 = Os dados estão incorretos. Confira a senha e o nome de usuário, o e-mail ou o número de telefone.
kratos-4000007 = Já existe uma conta com este e-mail, número de telefone ou nome de usuário.
kratos-4000008 = Este código de autenticação não é válido. Tente novamente.
kratos-4000009 = Falta um dado para fazer login, como um endereço de e-mail. Preencha o formulário novamente.
kratos-4000010 = Esta conta ainda não está ativa. Primeiro, verifique seu endereço de e-mail.
kratos-4000011 = Você não configurou um app autenticador.
kratos-4000012 = Este código alternativo já foi usado.
kratos-4000013 = Você não configurou uma chave de segurança.
kratos-4000014 = Você não tem códigos alternativos.
kratos-4000015 = Esta conta não existe ou não tem uma chave de segurança.
kratos-4000016 = Este código alternativo não é válido.
kratos-4000017 =
    { $max_length ->
        [one] Digite no máximo { $max_length } caractere.
       *[other] Digite no máximo { $max_length } caracteres.
    }
kratos-4000018 = Digite um número maior ou igual a { $minimum }.
kratos-4000019 = Digite um número maior que { $minimum }.
kratos-4000020 = Digite um número menor ou igual a { $maximum }.
kratos-4000021 = Digite um número menor que { $maximum }.
kratos-4000022 = Digite um múltiplo de { $base }.
kratos-4000023 =
    { $max_items ->
        [one] Informe no máximo { $max_items } item.
       *[other] Informe no máximo { $max_items } itens.
    }
kratos-4000024 =
    { $min_items ->
        [one] Informe pelo menos { $min_items } item.
       *[other] Informe pelo menos { $min_items } itens.
    }
kratos-4000025 = Cada item só pode aparecer uma vez.
kratos-4000026 = Este valor não é do tipo correto. Tipo esperado: { $allowed_types }.
kratos-4000027 = Já existe uma conta com este e-mail, número de telefone ou nome de usuário. Faça login nela para vincular seu perfil.
kratos-4000028 = Outra conta já usa “{ $credential_identifier_hint }”.
    .unknown = Outra conta já usa este e-mail, número de telefone ou nome de usuário.
    .methods = Você pode fazer login nela com: { $methods }.
    .providers = Você pode fazer login nela por meio de: { $providers }.
kratos-4000029 = Este valor precisa ser “{ $expected }”.
kratos-4000030 = Este valor não é o esperado.
kratos-4000031 = Esta senha é muito parecida com seu e-mail ou nome de usuário.
kratos-4000032 =
    { $min_length ->
        [one] A senha precisa ter pelo menos { $min_length } caractere.
       *[other] A senha precisa ter pelo menos { $min_length } caracteres.
    }
kratos-4000033 =
    { $max_length ->
        [one] A senha pode ter no máximo { $max_length } caractere.
       *[other] A senha pode ter no máximo { $max_length } caracteres.
    }
kratos-4000034 = Esta senha foi encontrada em dados roubados. Escolha outra.
kratos-4000035 = Esta conta não existe ou não permite fazer login com um código.
kratos-4000036 = Estes dados não são os mesmos que você informou antes.
kratos-4000037 = Esta conta não existe ou não tem nenhuma forma de login.
kratos-4000038 = Não foi possível confirmar que você não é um robô. Tente novamente.
kratos-4000039 = A nova senha precisa ser diferente da anterior.
kratos-4000040 = Digite um endereço de e-mail válido.
kratos-4000041 = Digite um número de telefone válido.
kratos-4000042 = Você não configurou uma chave de dispositivo.
kratos-4000043 = A chave de segurança não foi aceita. Tente novamente.
kratos-4000044 = A chave de dispositivo não foi aceita.
kratos-4000045 = Esta chave de dispositivo não pode mais ser usada. Configure seu dispositivo novamente.
kratos-4000046 = Esta chave de dispositivo é antiga demais para ser usada. Configure seu dispositivo novamente.

## Errors of forms

kratos-4010001 = Este formulário expirou. Faça login novamente.
kratos-4010002 = Não foi possível fazer login. Confira os dados informados.
kratos-4010003 = Não foi possível criar a conta. Confira os dados informados.
kratos-4010004 = Não foi possível salvar as configurações. Confira os dados informados.
kratos-4010005 = Não foi possível recuperar a conta. Confira os dados informados.
kratos-4010006 = Não foi possível verificar o endereço. Confira os dados informados.
kratos-4010007 = Esta solicitação já foi concluída e não pode ser repetida.
kratos-4010008 = Este código de login não é válido ou já foi usado. Tente novamente.
kratos-4010009 = Esta não é a conta a ser vinculada.
kratos-4010010 = Este endereço não pertence à sua conta.
kratos-4010011 = Esta conta está desativada. Entre em contato com o suporte.
kratos-4040001 = Este formulário expirou. Faça o cadastro novamente.
kratos-4040002 = Esta solicitação já foi concluída e não pode ser repetida.
kratos-4040003 = Este código de cadastro não é válido ou já foi usado. Tente novamente.
kratos-4050001 = Este formulário expirou. Tente novamente.
kratos-4050002 = Só é possível alterar um endereço por vez. Salve cada alteração separadamente.
kratos-4060001 = Esta solicitação já foi concluída e não pode ser repetida.
kratos-4060002 = Não foi possível concluir a recuperação. Comece de novo.
kratos-4060003 = O link de recuperação está incompleto. Comece de novo.
kratos-4060004 = Este link de recuperação não é válido ou já foi usado. Comece de novo.
kratos-4060005 = Este formulário expirou. Comece a recuperação de novo.
kratos-4060006 = Este código de recuperação não é válido ou já foi usado. Tente novamente.
kratos-4070001 = Este link de verificação não é válido ou já foi usado. Comece de novo.
kratos-4070002 = Esta solicitação já foi concluída e não pode ser repetida.
kratos-4070003 = Não foi possível concluir a verificação. Comece de novo.
kratos-4070004 = O link de verificação está incompleto. Comece de novo.
kratos-4070005 = Este formulário expirou. Comece a verificação de novo.
kratos-4070006 = Este código de verificação não é válido ou já foi usado. Tente novamente.
kratos-5000001 = Ocorreu um erro.
kratos-5000002 = No momento, não há nenhuma forma de login disponível. Entre em contato com o administrador.
kratos-5000003 = Sua organização exige o login com uma conta corporativa, mas essa opção não está configurada. Entre em contato com o administrador.

## Phrases of the pages: titles of pages and of the sections of the settings

login-title = Fazer login
refresh-title = Confirme sua identidade
second_factor-title = Fazer login
second_factor-subtitle = Verificação em duas etapas
registration-title = Criar uma conta
recovery-title = Recuperar sua conta
verification-title = Verificar seu endereço
settings-title = Configurações da conta
sections-title = Nesta página
section-profile = Perfil
section-password = Senha
section-oidc = Contas de outros serviços
section-saml = Conta corporativa
section-totp = App autenticador
section-passkey = Chaves de acesso
section-webauthn = Chaves de segurança
section-deviceauthn = Chaves de dispositivo
section-lookup_secret = Códigos alternativos
section-other = Outras opções

## Inside forms

or = ou
submit = Enviar
no_choice = Nenhuma opção
field-optional = opcional
field-date_time = Data, hora e fuso horário, por exemplo 2026-11-28T09:30:00Z
list-add = Adicionar um item
list-remove = Para remover um item, desmarque-o.
password-new = Nova senha
password-show = Mostrar senha
code-sent_to = O código foi enviado para:
code-enter = Digite o código que enviamos para você. Se ele não chegar, olhe na pasta de spam ou peça um novo envio.
totp-enter = Abra seu app autenticador e digite o código exibido.
lookup_secret-enter = Digite um dos seus códigos alternativos. Cada código só funciona uma vez.
lookup_secret-confirm = Guarde estes códigos em um lugar seguro e depois confirme-os. Eles só funcionam após a confirmação.
needs_script = É necessário ter JavaScript e um navegador compatível com chaves de acesso ou chaves de segurança.
needs_script-profile = Esta alteração exige JavaScript: sem ele, outros dados do seu perfil seriam perdidos.
needs_script-captcha = Este formulário exige JavaScript: ele verifica se você não é um robô.
nothing_to_do = Nenhuma ação é necessária aqui.
no_second_factor = Você ainda não configurou a verificação em duas etapas. É possível fazer isso nas configurações da conta.
unusable = Este formulário não pode ser usado: o destino dele não é um endereço da Web.

## Links

link-recovery = Esqueceu a senha?
link-recovery_code = Problemas para fazer login?
link-registration-before = Ainda não tem uma conta?
link-registration = Criar conta
link-login-before = Já tem uma conta?
link-login = Fazer login
link-other_account = Usar outra conta
link-verification = Verificar seu endereço
link-settings = Configurações da conta
link-logout = Sair
link-home = Página inicial
link-try_again = Tentar novamente
link-confirm = Confirmar sua identidade
link-continue = Continuar
link-back = Voltar

## Errors and refusals

error-title = Ocorreu um erro
error-unknown = Não há descrição para este erro.
error-details = Detalhes
refused-not_signed_in = Você não fez login.
refused-forbidden = Você não tem acesso a esta página.
refused-confirm = Confirme sua identidade e tente novamente.
refused-second_factor = Esta página exige a verificação em duas etapas.
refused-verify = Primeiro, verifique seu endereço.
refused-no_progress = Não foi possível fazer login. Permita os cookies e tente novamente.
refused-no_flow = Este formulário expirou.
refused-cross_site = Esta solicitação veio de outro site. Nenhuma ação foi realizada.
refused-rate_limited = Muitas solicitações. Tente novamente em instantes.
refused-unavailable = Não é possível verificar sua sessão no momento. Ela continua aberta; tente novamente em instantes.
refused-other = Não é possível responder a esta solicitação.

## Consent, logout and devices of an OAuth 2 provider

consent-title = { $client } quer usar sua conta
consent-unnamed = Um aplicativo
consent-scopes = Ele pede o seguinte. Você pode recusar partes.
consent-accept = Permitir
consent-reject = Não permitir
consent-remember = Não perguntar de novo para este aplicativo
consent-terms = Termos de serviço do aplicativo
consent-policy = Política de privacidade do aplicativo
consent-other_account = O aplicativo espera uma conta diferente daquela em que você fez login.
consent-anew = Fazer login com a outra conta
scope-openid = Confirmar quem você é
scope-profile = Ver seu nome e perfil
scope-email = Ver seu e-mail
scope-phone = Ver seu número de telefone
scope-address = Ver seu endereço postal
scope-offline_access = Continuar conectado na sua ausência
scope-unknown = Usar “{ $scope }”
logout-question = Deseja sair?
logout-client = { $client } pede para encerrar sua sessão aqui e nos aplicativos que você abriu daqui.
logout-stay = Continuar conectado
device-title = Conectar um dispositivo
device-question = Digite o código exibido no seu dispositivo. Continue apenas se você começou isto em um dispositivo à sua frente.
device-code = Código
device-wrong = Este código está incorreto ou expirou.
device-done = Seu dispositivo está conectado. Você pode fechar esta página.
provider-expired = Esta solicitação expirou ou já foi respondida. Comece de novo no aplicativo.
provider-unavailable = Não é possível fazer isso agora. Tente novamente em instantes.
provider-error = O aplicativo não pode fazer seu login.

## Sessions and devices, and deleting the account

devices-title = Sessões e dispositivos
devices-current = Este dispositivo
devices-unknown = Dispositivo desconhecido
devices-name = { $browser } no { $system }
devices-signed_in = Login feito em { $time }
devices-two_factors = Com dois fatores
devices-from = De { $place }
devices-revoke = Desconectar: { $device }
devices-revoke_others = Desconectar todos os outros dispositivos
devices-alone = Você não está conectado em nenhum outro lugar.
ago-now = agora mesmo
ago-minutes =
    { $n ->
        [one] há { $n } minuto
       *[other] há { $n } minutos
    }
ago-hours =
    { $n ->
        [one] há { $n } hora
       *[other] há { $n } horas
    }
ago-days =
    { $n ->
        [one] há { $n } dia
       *[other] há { $n } dias
    }
delete-title = Excluir sua conta
delete-warning = Sua conta e todo o conteúdo dela serão excluídos. Isso não pode ser desfeito.
delete-confirm = Quero excluir minha conta definitivamente
delete-button = Excluir minha conta
delete-failed = Não foi possível excluir sua conta. Tente novamente mais tarde.
