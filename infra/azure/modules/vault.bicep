// For one secret: the password of a mail server that asks for one. An operator writes it; no deployment ever sees it.

param name string
param location string
param workspaceId string
param private bool

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true
    publicNetworkAccess: private ? 'Disabled' : 'Enabled'
    networkAcls: { bypass: 'AzureServices', defaultAction: private ? 'Deny' : 'Allow' }
  }
}

resource trace 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'trace'
  scope: vault
  properties: { workspaceId: workspaceId, logs: [{ category: 'AuditEvent', enabled: true }] }
}

output id string = vault.id
output uri string = vault.properties.vaultUri
