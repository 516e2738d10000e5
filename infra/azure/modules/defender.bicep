// Malware scanning of what is uploaded, on the account that porteurs write to. The verdict is an index tag on the blob and a row in the logs.

param accountName string
param workspaceId string
param capGbPerMonth int

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' existing = { name: accountName }

resource defender 'Microsoft.Security/defenderForStorageSettings@2025-06-01' = {
  name: 'current'
  scope: account
  properties: {
    isEnabled: true
    overrideSubscriptionLevelSettings: true
    malwareScanning: { onUpload: { isEnabled: true, capGBPerMonth: capGbPerMonth } }
    sensitiveDataDiscovery: { isEnabled: false }
  }
}

resource results 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'scans'
  scope: defender
  properties: { workspaceId: workspaceId, logs: [{ category: 'ScanResults', enabled: true }] }
}
