// What the app's identity may do: each right once, on the narrowest scope that serves. An isolated worker and its host are one identity.

param principalId string
param dossiersName string
param officeName string
param hostName string
param busName string
param insightsName string
param vaultName string
param tables string[]
param officeTables string[]
param busQueues string[]

// https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var blobReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
var blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var blobOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var blobScanner = '1e7ca9b1-60d1-4db8-a914-f2ca1ff27c40'
var blobDelegator = 'db58b8e5-c6ad-4a2a-8342-4190687cbf4a'
var queueContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var tableContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var busReceiver = '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'
var busSender = '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'
var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'
var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

func role(id string) string => subscriptionResourceId('Microsoft.Authorization/roleDefinitions', id)

resource dossiers 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: dossiersName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deposits 'containers' existing = { name: 'deposits' }
    resource reports 'containers' existing = { name: 'reports' }
    resource pieces 'containers' existing = { name: 'pieces' }
    resource texts 'containers' existing = { name: 'texts' }
    resource campaigns 'containers' existing = { name: 'campaigns' }
    resource keys 'containers' existing = { name: 'keys' }
  }

  resource tableService 'tableServices' existing = {
    name: 'default'

    resource table 'tables' existing = [for one in tables: { name: one }]
  }
}

resource office 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: officeName

  resource tableService 'tableServices' existing = {
    name: 'default'

    resource table 'tables' existing = [for one in officeTables: { name: one }]
  }
}

resource host 'Microsoft.Storage/storageAccounts@2024-01-01' existing = { name: hostName }
resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: busName

  resource queue 'queues' existing = [for one in busQueues: { name: one }]
}
resource insights 'Microsoft.Insights/components@2020-02-02' existing = { name: insightsName }
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = if (!empty(vaultName)) { name: vaultName }

// Deposits: listed and read; written too, because an address that is handed out can do no more than the identity that signed it.
resource deposits 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers::blobs::deposits.id, principalId, blobContributor)
  scope: dossiers::blobs::deposits
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(blobContributor) }
}

// Impact reports: as deposits.
resource reports 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers::blobs::reports.id, principalId, blobContributor)
  scope: dossiers::blobs::reports
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(blobContributor) }
}

// The verdict of the malware scan is an index tag, which no role of reading or writing blobs shows. Of the built-in roles this one adds the least:
// tags, read and written. One that reads alone would have to be made, and whoever deploys may make none.
resource verdicts 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers::blobs::deposits.id, principalId, blobScanner)
  scope: dossiers::blobs::deposits
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(blobScanner) }
}

resource reportVerdicts 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers::blobs::reports.id, principalId, blobScanner)
  scope: dossiers::blobs::reports
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(blobScanner) }
}

// Pieces: the bytes of a file are copied there once and read for as long as the dossier lives.
resource pieces 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers::blobs::pieces.id, principalId, blobContributor)
  scope: dossiers::blobs::pieces
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(blobContributor) }
}

// Texts that are too long for a row.
resource texts 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers::blobs::texts.id, principalId, blobContributor)
  scope: dossiers::blobs::texts
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(blobContributor) }
}

// Campaigns: the app reads the rules, people write them.
resource campaigns 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers::blobs::campaigns.id, principalId, blobReader)
  scope: dossiers::blobs::campaigns
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(blobReader) }
}

// Keys: what protects the links in letters; the app makes them and renews them, and nobody else reads them.
resource keys 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers::blobs::keys.id, principalId, blobContributor)
  scope: dossiers::blobs::keys
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(blobContributor) }
}

// To sign addresses of slots without the account's key. Opens nothing by itself; exists on an account only.
resource delegation 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers.id, principalId, blobDelegator)
  scope: dossiers
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(blobDelegator) }
}

// The poison queue of blob events, which the host fills beside the blobs and DrainPoison empties; what fails there makes a queue of its own.
resource poison 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers.id, principalId, queueContributor)
  scope: dossiers
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(queueContributor) }
}

// Rows of each table, one by one: no right to make another.
resource rows 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (one, index) in tables: {
  name: guid(dossiers::tableService::table[index].id, principalId, tableContributor)
  scope: dossiers::tableService::table[index]
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(tableContributor) }
}]

// The office's tables, written by projections.
resource officeRows 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (one, index) in officeTables: {
  name: guid(office::tableService::table[index].id, principalId, tableContributor)
  scope: office::tableService::table[index]
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(tableContributor) }
}]

// Receiving and settling. Scaling by the length of a queue would ask for the right to manage the bus: it goes by steps without.
resource receiving 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (one, index) in busQueues: {
  name: guid(bus::queue[index].id, principalId, busReceiver)
  scope: bus::queue[index]
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(busReceiver) }
}]

// Sending what steps promise, and a message's next attempt to its own queue.
resource sending 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for (one, index) in busQueues: {
  name: guid(bus::queue[index].id, principalId, busSender)
  scope: bus::queue[index]
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(busSender) }
}]

// The host's own account: leases of timers, keys, the published package. Microsoft asks for this role there, and there it opens no dossier.
resource hostBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(host.id, principalId, blobOwner)
  scope: host
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(blobOwner) }
}

// The host's internal queue between an event and the blob trigger.
resource hostQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(host.id, principalId, queueContributor)
  scope: host
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(queueContributor) }
}

// The host's diagnostic events, which the portal shows when a function cannot start.
resource hostTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(host.id, principalId, tableContributor)
  scope: host
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(tableContributor) }
}

// Traces, without the instrumentation key that would otherwise open them.
resource traces 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, principalId, metricsPublisher)
  scope: insights
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(metricsPublisher) }
}

// The mail server's password, where it asks for one.
resource secrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vaultName)) {
  name: guid(resourceId('Microsoft.KeyVault/vaults', vaultName), principalId, secretsUser)
  scope: vault
  properties: { principalId: principalId, principalType: 'ServicePrincipal', roleDefinitionId: role(secretsUser) }
}
