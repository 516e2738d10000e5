// A whole environment of Guichet, but for its events (events.bicep), which need the published app's key. README.md says how to apply both.
// Applying it again changes nothing.

import { containers, tables, queues, officeTables, busQueues, hostContainers, names } from 'layout.bicep'

@description('Lequel des environnements.')
@allowed(['dev', 'production'])
param environment string

@description('La région ; les données n’en sortent pas.')
param location string = resourceGroup().location

@description('Copies du stockage : LRS (un bâtiment), ZRS (trois zones), GZRS (trois zones et une seconde région).')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS'])
param replication string

@description('Jours pendant lesquels un blob effacé ou remplacé se retrouve.')
@minValue(2)
@maxValue(365)
param keepDays int

@description('Interdire la suppression des comptes de stockage.')
param locked bool

@description('Accès privé à tous les services : réseau, points de terminaison privés, Service Bus Premium.')
param private bool

@description('Avec l’accès privé : d’où les porteurs peuvent envoyer leurs fichiers (CIDR) ; vide : de partout, avec une adresse signée.')
param depositRanges string[] = []

@description('Avec l’accès privé : d’où le bureau lit ses tables (CIDR) ; vide : de partout, avec la clé.')
param officeRanges string[] = []

@description('L’adresse de l’API pour les porteurs ; vide : celle que donne Azure.')
param publicUri string = ''

@description('Le serveur de courriel.')
@minLength(1)
param mailHost string

@description('Son port ; la connexion est toujours chiffrée (STARTTLS).')
param mailPort int = 587

@description('L’identifiant, si le serveur en demande un : un coffre est alors créé, où un exploitant met le mot de passe.')
param mailUser string = ''

@description('L’adresse d’où partent les courriels.')
@minLength(1)
param mailFrom string

@description('Par quoi les personnes du programme se connectent ; none : ce qui leur est réservé reste fermé.')
@allowed(['none', 'entra', 'proconnect'])
param signIn string = 'none'

@description('L’identifiant de l’application auprès d’Entra ID ou de ProConnect.')
param signInClientId string = ''

@description('L’émetteur des jetons : https://login.microsoftonline.com/LOCATAIRE/v2.0, ou celui de ProConnect. Un seul locataire : les adresses y font foi.')
param signInIssuer string = ''

@description('Le bureau : « identifiant=adresse », séparés par des points-virgules. L’identifiant est ce que dit le journal.')
param staffOffice string = ''

@description('Les exploitants, de même.')
param staffOperators string = ''

@description('Le plus d’instances que l’application puisse prendre, par groupe de fonctions.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Instances HTTP toujours prêtes : aucun porteur n’attend un démarrage.')
param alwaysReadyHttp int

@description('Jours de conservation des traces.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Gigaoctets de traces par jour, au plus.')
param dailyCapGb int

@description('Gigaoctets analysés par mois contre les logiciels malveillants, au plus.')
param malwareScanCapGb int

@description('Messages en attente dans une file, pendant une demi-heure, au-delà desquels quelqu’un regarde.')
param waitingMessages int = 50

@description('Qui reçoit les alertes.')
@minLength(1)
param recipients string[]

@description('Budget du mois, dans la monnaie de l’abonnement.')
param monthlyBudget int

@description('Premier jour du premier mois du budget (AAAA-MM-01). Ne change plus ensuite.')
@minLength(10)
@maxLength(10)
param budgetStart string

@description('Identifiant du groupe Entra des exploitants ; vide : aucun droit n’est donné à des personnes.')
param operatorsGroupId string = ''

var called = names(environment, uniqueString(resourceGroup().id))
var vaultName = empty(mailUser) && signIn != 'proconnect' ? '' : called.vault
var mailSecret = 'mail-password'
var signInSecret = 'sign-in-secret'

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    workspaceName: called.workspace
    insightsName: called.insights
    actionsName: called.actions
    location: location
    retentionDays: retentionDays
    dailyCapGb: dailyCapGb
    recipients: recipients
  }
}

// What dossiers are made of. Its blobs stay reachable from outside, because porteurs write to them, each with an address of its own.
module dossiers 'modules/account.bicep' = {
  name: 'dossiers'
  params: {
    name: called.dossiers
    location: location
    replication: replication
    workspaceId: monitoring.outputs.workspaceId
    containers: containers
    queues: queues
    tables: tables
    keepDays: keepDays
    ranges: private ? depositRanges : []
    uploadOrigin: 'https://${split(apiUri, '/')[2]}'
    locked: locked
  }
}

// What Excel and Power BI read with a key, and nothing else: the key opens no dossier.
module office 'modules/account.bicep' = {
  name: 'office'
  params: {
    name: called.office
    location: location
    replication: replication
    workspaceId: monitoring.outputs.workspaceId
    tables: officeTables
    allowSharedKeyAccess: true
    ranges: private ? officeRanges : []
    locked: locked
  }
}

// The host's own: leases, keys, the published package. Apart, because the host asks there for more rights than dossiers should give.
module host 'modules/account.bicep' = {
  name: 'host'
  params: {
    name: called.host
    location: location
    replication: replication
    workspaceId: monitoring.outputs.workspaceId
    containers: hostContainers
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    traced: false
  }
}

module bus 'modules/bus.bicep' = {
  name: 'bus'
  params: {
    name: called.bus
    location: location
    workspaceId: monitoring.outputs.workspaceId
    queues: busQueues
    private: private
  }
}

module vault 'modules/vault.bicep' = if (!empty(vaultName)) {
  name: 'vault'
  params: {
    name: called.vault
    location: location
    workspaceId: monitoring.outputs.workspaceId
    private: private
  }
}

module network 'modules/network.bicep' = if (private) {
  name: 'network'
  params: {
    name: called.network
    location: location
    dossiersId: dossiers.outputs.id
    officeId: office.outputs.id
    hostId: host.outputs.id
    busId: bus.outputs.id
    vaultId: vault.?outputs.id ?? ''
  }
}

// By convention the host name that Azure gives, which a setting of the app itself cannot ask for.
var apiUri = empty(publicUri) ? 'https://${called.app}.azurewebsites.net/' : publicUri

var mailIdentity = empty(mailUser) ? {} : {
  Guichet__Mail__User: mailUser
  Guichet__Mail__Password: '@Microsoft.KeyVault(SecretUri=${vault.?outputs.uri ?? ''}secrets/${mailSecret})'
}

// ProConnect asks for a secret, which an operator puts into the vault; Entra ID, asked for a name only, does not.
var signInIdentity = signIn != 'proconnect' ? {} : {
  GUICHET_SIGN_IN_SECRET: '@Microsoft.KeyVault(SecretUri=${vault.?outputs.uri ?? ''}secrets/${signInSecret})'
}

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: called.app
    planName: called.plan
    location: location
    packageContainerUri: '${host.outputs.blobUri}app-package'
    subnetId: network.?outputs.appSubnetId ?? ''
    maximumInstances: maximumInstances
    alwaysReadyHttp: alwaysReadyHttp
    signIn: signIn
    signInClientId: signInClientId
    signInIssuer: signInIssuer
    settings: union({
      AzureWebJobsStorage__blobServiceUri: host.outputs.blobUri
      AzureWebJobsStorage__queueServiceUri: host.outputs.queueUri
      AzureWebJobsStorage__tableServiceUri: host.outputs.tableUri
      GuichetStorage__blobServiceUri: dossiers.outputs.blobUri
      GuichetStorage__queueServiceUri: dossiers.outputs.queueUri
      GuichetStorage__tableServiceUri: dossiers.outputs.tableUri
      GuichetOffice__tableServiceUri: office.outputs.tableUri
      GuichetBus__fullyQualifiedNamespace: bus.outputs.host
      Guichet__PublicUri: apiUri
      Guichet__Mail__Host: mailHost
      Guichet__Mail__Port: string(mailPort)
      Guichet__Mail__StartTls: 'true'
      Guichet__Mail__From: mailFrom
      Guichet__Due__Allowance: '00:10:00'
      // What Defender scans is opened once it has said so; seconds as a rule, and after this long a person is told.
      Guichet__Malware__Wait: '01:00:00'
      Guichet__Storage__Delay: '00:00:00.8'
      Guichet__Storage__Timeout: '00:00:30'
      // The principal's header is believed only where App Service takes it off requests from outside.
      Guichet__Staff__SignIn: signIn == 'none' ? 'none' : 'app-service'
      Guichet__Staff__SignInPath: signIn == 'none' ? '' : '/.auth/login/${signIn == 'entra' ? 'aad' : signIn}'
      Guichet__Staff__Office: staffOffice
      Guichet__Staff__Operators: staffOperators
      AZURE_FUNCTIONS_ENVIRONMENT: 'Production'
      // The app's identity and no other way in, without trying those of a developer's machine first.
      AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential'
      // A process of its own for the worker, not the warm one that Azure loads it into (FunctionsNetHost): on .NET 10 that one is reported to end
      // by itself, with code 139. To be taken out once Microsoft has mended it; ReadyToRun makes up for part of the start.
      WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: '0'
      APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.outputs.connectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD'
    }, mailIdentity, signInIdentity)
  }
}

module roles 'modules/roles.bicep' = {
  name: 'roles'
  params: {
    principalId: app.outputs.principalId
    dossiersName: called.dossiers
    officeName: called.office
    hostName: called.host
    busName: called.bus
    insightsName: called.insights
    vaultName: vaultName
    tables: tables
    officeTables: officeTables
    busQueues: busQueues
  }
}

module operators 'modules/operators.bicep' = if (!empty(operatorsGroupId)) {
  name: 'operators'
  params: {
    groupId: operatorsGroupId
    dossiersName: called.dossiers
    officeName: called.office
    vaultName: vaultName
  }
  dependsOn: [dossiers, office, vault]
}

module defender 'modules/defender.bicep' = {
  name: 'defender'
  params: {
    accountName: called.dossiers
    workspaceId: monitoring.outputs.workspaceId
    capGbPerMonth: malwareScanCapGb
  }
  dependsOn: [dossiers]
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    actionsId: monitoring.outputs.actionsId
    workspaceId: monitoring.outputs.workspaceId
    insightsId: monitoring.outputs.insightsId
    busId: bus.outputs.id
    dossiersName: called.dossiers
    healthTestName: called.healthTest
    healthUri: '${apiUri}api/health'
    waitingMessages: waitingMessages
  }
}

module budget 'modules/budget.bicep' = {
  name: 'budget'
  params: {
    name: called.budget
    amount: monthlyBudget
    start: budgetStart
    recipients: recipients
  }
}

output appName string = called.app
output apiUri string = apiUri
output dossiersAccount string = called.dossiers
output officeAccount string = called.office
output vaultName string = vaultName
