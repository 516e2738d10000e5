// Where traces go and whom alerts reach. The daily cap bounds what a loop can cost; an alert says when it is reached.

param workspaceName string
param insightsName string
param actionsName string
param location string
param retentionDays int
param dailyCapGb int
param recipients string[]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: workspaceName
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: {
      disableLocalAuth: true
      enableLogAccessUsingOnlyResourcePermissions: true
    }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: insightsName
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
  }
}

resource actions 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: actionsName
  location: 'global'
  properties: {
    enabled: true
    groupShortName: 'guichet'
    emailReceivers: map(recipients, address => { name: address, emailAddress: address, useCommonAlertSchema: true })
  }
}

output workspaceId string = workspace.id
output insightsId string = insights.id
output connectionString string = insights.properties.ConnectionString
output actionsId string = actions.id
