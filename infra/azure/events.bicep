// Blob events to the app's blob trigger. Applied after the app is published: the key of its webhook exists only then.

import { names } from 'layout.bicep'

@allowed(['dev', 'production'])
param environment string
param location string = resourceGroup().location

var called = names(environment, uniqueString(resourceGroup().id))
var blobContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource dossiers 'Microsoft.Storage/storageAccounts@2024-01-01' existing = { name: called.dossiers }
resource actions 'Microsoft.Insights/actionGroups@2023-01-01' existing = { name: called.actions }
resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = { name: called.workspace }

resource host 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: called.host

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource lost 'containers' existing = { name: 'lost-events' }
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' existing = { name: called.app }

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: called.topic
  location: location
  identity: { type: 'SystemAssigned' }
  properties: {
    source: dossiers.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }
}

// Event Grid puts there what it could not deliver, by its own identity: the account knows no key.
resource lostEvents 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(host::blobs::lost.id, topic.id, blobContributor)
  scope: host::blobs::lost
  properties: {
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobContributor)
  }
}

// One a blob trigger: the files of deposits and of impact reports, and the rules that the office uploads.
var triggers = [
  { name: 'receive-piece', function: 'ReceivePiece', container: 'deposits' }
  { name: 'receive-report', function: 'ReceiveReport', container: 'reports' }
  { name: 'check-rules', function: 'CheckRules', container: 'campaigns' }
]

@batchSize(1)
resource subscriptions 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = [for trigger in triggers: {
  parent: topic
  name: trigger.name
  properties: {
    eventDeliverySchema: 'EventGridSchema'
    destination: {
      endpointType: 'WebHook'
      properties: {
        endpointUrl: 'https://${app.properties.defaultHostName}/runtime/webhooks/blobs?functionName=Host.Functions.${trigger.function}&code=${listKeys('${app.id}/host/default', app.apiVersion).systemKeys.blobs_extension}'
        maxEventsPerBatch: 1
        preferredBatchSizeInKilobytes: 64
        minimumTlsVersionAllowed: '1.2'
      }
    }
    filter: {
      includedEventTypes: ['Microsoft.Storage.BlobCreated']
      subjectBeginsWith: '/blobServices/default/containers/${trigger.container}/blobs/'
    }
    // A day of tries; whatever is lost is read when the deposit closes.
    retryPolicy: { maxDeliveryAttempts: 30, eventTimeToLiveInMinutes: 1440 }
    deadLetterWithResourceIdentity: {
      identity: { type: 'SystemAssigned' }
      deadLetterDestination: {
        endpointType: 'StorageBlob'
        properties: { resourceId: host.id, blobContainerName: host::blobs::lost.name }
      }
    }
  }
  dependsOn: [lostEvents]
}]

resource trace 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'trace'
  scope: topic
  properties: { workspaceId: workspace.id, logs: [{ category: 'DeliveryFailures', enabled: true }] }
}

resource lost 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'evenements-perdus'
  location: 'global'
  properties: {
    description: 'Event Grid n’a pas pu annoncer un fichier pendant un jour. Le fichier n’est pas perdu : il sera lu à la fermeture du dossier.'
    severity: 2
    enabled: true
    scopes: [topic.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'lost'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.EventGrid/systemTopics'
          metricName: 'DeadLetteredCount'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    autoMitigate: true
    actions: [{ actionGroupId: actions.id }]
  }
}
