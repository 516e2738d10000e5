// The bus and its queues. The lock is longer than a function may run (host.json), so that no message is handled twice at once.

param name string
param location string
param workspaceId string
param queues string[]

@description('Accès privé seulement : demande le niveau Premium.')
param private bool

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  sku: private ? { name: 'Premium', tier: 'Premium', capacity: 1 } : { name: 'Standard', tier: 'Standard' }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
  }
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [for one in queues: {
  parent: bus
  name: one
  properties: {
    lockDuration: 'PT5M'
    maxDeliveryCount: 10
    requiresDuplicateDetection: true
    duplicateDetectionHistoryTimeWindow: 'PT10M'
    // A message that nobody took in two weeks is not dropped: it is shown to a person.
    defaultMessageTimeToLive: 'P14D'
    deadLetteringOnMessageExpiration: true
    maxSizeInMegabytes: 1024
  }
}]

resource trace 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'trace'
  scope: bus
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'OperationalLogs', enabled: true }]
  }
}

output id string = bus.id
output host string = replace(replace(bus.properties.serviceBusEndpoint, 'https://', ''), ':443/', '')
