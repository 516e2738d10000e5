// What the people who run the guichet may do: read what is stored, publish rules. Erasing or repairing asks for a right given for the occasion.

param groupId string
param dossiersName string
param officeName string
param vaultName string

var blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var tableReader = '76199698-9eea-4c19-bc75-cec21354c6b6'
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

func role(id string) string => subscriptionResourceId('Microsoft.Authorization/roleDefinitions', id)

resource dossiers 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: dossiersName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource campaigns 'containers' existing = { name: 'campaigns' }
  }
}

resource office 'Microsoft.Storage/storageAccounts@2024-01-01' existing = { name: officeName }
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = if (!empty(vaultName)) { name: vaultName }

// Failures, mails, dossiers: what an alert sends one to look at.
resource rows 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers.id, groupId, tableReader)
  scope: dossiers
  properties: { principalId: groupId, principalType: 'Group', roleDefinitionId: role(tableReader) }
}

// What the office sees, without its key.
resource officeRows 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(office.id, groupId, tableReader)
  scope: office
  properties: { principalId: groupId, principalType: 'Group', roleDefinitionId: role(tableReader) }
}

// A campaign's rules are published by people.
resource campaigns 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dossiers::blobs::campaigns.id, groupId, blobContributor)
  scope: dossiers::blobs::campaigns
  properties: { principalId: groupId, principalType: 'Group', roleDefinitionId: role(blobContributor) }
}

// The mail server's password is set by hand, once.
resource secrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(vaultName)) {
  name: guid(resourceId('Microsoft.KeyVault/vaults', vaultName), groupId, secretsOfficer)
  scope: vault
  properties: { principalId: groupId, principalType: 'Group', roleDefinitionId: role(secretsOfficer) }
}
