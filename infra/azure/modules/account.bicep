// A storage account and what is in it. Nothing in it is public and nothing opens it but an identity, unless a key is asked for.

param name string
param location string
param replication string
param workspaceId string

param containers string[] = []
param queues string[] = []
param tables string[] = []

@description('La clé du compte ouvre-t-elle ? Jamais, sauf pour Excel et Power BI.')
param allowSharedKeyAccess bool = false

@description('Les blobs effacés ou remplacés se retrouvent pendant tant de jours ; 0 : rien n’est gardé.')
param keepDays int = 0

@allowed(['Enabled', 'Disabled'])
param publicNetworkAccess string = 'Enabled'

@description('Adresses admises depuis Internet (CIDR) ; vide : toutes.')
param ranges string[] = []

@description('L’adresse des pages dont un navigateur écrit droit dans le compte, par une adresse signée ; vide : aucune.')
param uploadOrigin string = ''

@description('Qui lit et qui écrit est-il consigné ?')
param traced bool = true

param locked bool = false

var keeps = keepDays > 0

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  kind: 'StorageV2'
  sku: { name: replication }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: allowSharedKeyAccess
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    publicNetworkAccess: publicNetworkAccess
    supportsHttpsTrafficOnly: true
    networkAcls: {
      // Event Grid and Defender come as trusted services.
      bypass: 'AzureServices'
      defaultAction: publicNetworkAccess == 'Enabled' && empty(ranges) ? 'Allow' : 'Deny'
      ipRules: map(ranges, range => { value: range, action: 'Allow' })
    }
  }
}

resource blobService 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = if (!empty(containers)) {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: keeps
    cors: empty(uploadOrigin) ? null : {
      corsRules: [{ allowedOrigins: [uploadOrigin], allowedMethods: ['PUT'], allowedHeaders: ['x-ms-*', 'content-type'], exposedHeaders: [], maxAgeInSeconds: 3600 }]
    }
    deleteRetentionPolicy: keeps ? { enabled: true, days: keepDays } : { enabled: false }
    containerDeleteRetentionPolicy: keeps ? { enabled: true, days: keepDays } : { enabled: false }
    // Point-in-time restore of block blobs: it asks for the change feed, and for one day less than what is kept.
    changeFeed: keeps ? { enabled: true, retentionInDays: keepDays } : { enabled: false }
    restorePolicy: keeps ? { enabled: true, days: keepDays - 1 } : { enabled: false }
  }
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [for one in containers: {
  parent: blobService
  name: one
  properties: { publicAccess: 'None' }
}]

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2024-01-01' = if (!empty(queues)) {
  parent: account
  name: 'default'
}

resource queue 'Microsoft.Storage/storageAccounts/queueServices/queues@2024-01-01' = [for one in queues: {
  parent: queueService
  name: one
}]

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = if (!empty(tables)) {
  parent: account
  name: 'default'
}

resource table 'Microsoft.Storage/storageAccounts/tableServices/tables@2024-01-01' = [for one in tables: {
  parent: tableService
  name: one
}]

// Pieces are read in their first weeks and kept for years. What was replaced or erased is kept as long as it can be restored.
resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = if (keeps) {
  parent: account
  name: 'default'
  dependsOn: [blobService]
  properties: {
    policy: {
      rules: [
        {
          name: 'cool-what-rests'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['deposits/', 'reports/', 'pieces/'] }
            actions: { baseBlob: { tierToCool: { daysAfterModificationGreaterThan: 90 } } }
          }
        }
        {
          name: 'forget-old-versions'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'] }
            actions: { version: { delete: { daysAfterCreationGreaterThan: keepDays } } }
          }
        }
      ]
    }
  }
}

var trace = [
  { category: 'StorageRead', enabled: true }
  { category: 'StorageWrite', enabled: true }
  { category: 'StorageDelete', enabled: true }
]

resource blobTrace 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (traced && !empty(containers)) {
  name: 'trace'
  scope: blobService
  properties: { workspaceId: workspaceId, logs: trace }
}

resource tableTrace 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = if (traced && !empty(tables)) {
  name: 'trace'
  scope: tableService
  properties: { workspaceId: workspaceId, logs: trace }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  name: 'keep'
  scope: account
  properties: { level: 'CanNotDelete', notes: 'Les dossiers d’une campagne : à lever en connaissance de cause.' }
}

output id string = account.id
output blobUri string = account.properties.primaryEndpoints.blob
output queueUri string = account.properties.primaryEndpoints.queue
output tableUri string = account.properties.primaryEndpoints.table
