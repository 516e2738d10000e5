// What wakes a person. Each has its section in the runbook (README.md), under the same name; a test holds the two together.

param location string
param actionsId string
param workspaceId string
param insightsId string
param busId string
param dossiersName string
param healthTestName string
param healthUri string

@description('Messages en attente dans une file, pendant une demi-heure, au-delà desquels quelqu’un regarde.')
param waitingMessages int

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'lettres-mortes'
  location: 'global'
  properties: {
    description: 'Un message a fait tomber ce qui le traitait, dix fois : il attend une personne dans la file de lettres mortes.'
    severity: 1
    enabled: true
    scopes: [busId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'deadLettered'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    autoMitigate: true
    actions: [{ actionGroupId: actionsId }]
  }
}

// The bus has no metric of a message's age: a queue that never empties in half an hour is one whose oldest message grows old.
resource waiting 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'files-en-attente'
  location: 'global'
  properties: {
    description: 'Une file ne se vide plus depuis une demi-heure : les dossiers avancent moins vite qu’ils n’arrivent, ou plus du tout.'
    severity: 2
    enabled: true
    scopes: [busId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT30M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'active'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'ActiveMessages'
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
          timeAggregation: 'Minimum'
          operator: 'GreaterThan'
          threshold: waitingMessages
        }
      ]
    }
    autoMitigate: true
    actions: [{ actionGroupId: actionsId }]
  }
}

resource healthTest 'Microsoft.Insights/webtests@2022-06-15' = {
  name: healthTestName
  location: location
  kind: 'standard'
  tags: { 'hidden-link:${insightsId}': 'Resource' }
  properties: {
    SyntheticMonitorId: healthTestName
    Name: healthTestName
    Enabled: true
    Frequency: 300
    Timeout: 30
    Kind: 'standard'
    RetryEnabled: true
    // Paris, Amsterdam, Dublin.
    Locations: [{ Id: 'emea-fr-pra-edge' }, { Id: 'emea-nl-ams-azr' }, { Id: 'emea-gb-db3-azr' }]
    Request: { RequestUrl: healthUri, HttpVerb: 'GET', ParseDependentRequests: false }
    ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 14 }
  }
}

resource health 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'sante'
  location: 'global'
  properties: {
    description: 'L’application ne répond pas, ou ne lit plus ses campagnes, vu d’au moins deux endroits.'
    severity: 0
    enabled: true
    scopes: [healthTest.id, insightsId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: healthTest.id
      componentId: insightsId
      failedLocationCount: 2
    }
    autoMitigate: true
    actions: [{ actionGroupId: actionsId }]
  }
}

var logAlerts = [
  {
    // The table's own log, so that whatever writes the row is seen, traces of the app or none.
    name: 'echecs'
    description: 'Une ligne de plus dans la table Failures : un message que personne ne reprendra tout seul, avec sa raison.'
    severity: 1
    query: 'StorageTableLogs | where AccountName == "${dossiersName}" and Category == "StorageWrite" and toint(StatusCode) < 300 | where Uri contains "/Failures"'
    window: 'PT15M'
    every: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'lettre-quotidienne'
    description: 'La lettre quotidienne des instructeurs, ou les rappels de bilan, n’ont pas pu être préparés.'
    severity: 2
    query: 'AppRequests | where Name in ("SendDigests", "SendReminders") and Success == false'
    window: 'PT1H'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'effacement'
    description: 'Des données personnelles dont la durée de conservation est passée n’ont pas pu être effacées, ou pas jusqu’au bout.'
    severity: 2
    query: 'AppRequests | where Name in ("EraseDossiers", "RunRetention") and (Success == false or toint(ResultCode) >= 500)'
    window: 'PT1H'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'horloge-arretee'
    description: 'Le balayage de chaque minute (Tick) n’a pas réussi depuis un quart d’heure : ce qui est promis n’est plus rattrapé.'
    severity: 1
    query: 'AppRequests | where Name == "Tick" and Success == true'
    window: 'PT15M'
    every: 'PT5M'
    operator: 'LessThan'
    threshold: 1
  }
  {
    name: 'erreurs-api'
    description: 'L’API répond par des erreurs qui sont les siennes (5xx) : des porteurs ne peuvent pas déposer.'
    severity: 1
    query: 'AppRequests | where toint(ResultCode) >= 500 and isnotempty(Url)'
    window: 'PT15M'
    every: 'PT5M'
    operator: 'GreaterThan'
    threshold: 5
  }
  {
    name: 'fichier-malveillant'
    description: 'Defender a reconnu un logiciel malveillant dans un fichier déposé.'
    severity: 1
    query: 'StorageMalwareScanningResults | where ScanResultType == "Malicious"'
    window: 'PT15M'
    every: 'PT5M'
    operator: 'GreaterThan'
    threshold: 0
  }
  {
    name: 'plafond-traces'
    description: 'Le plafond quotidien des traces est atteint : jusqu’à demain, les autres alertes sur journaux sont aveugles.'
    severity: 2
    query: '_LogOperation | where Category =~ "Ingestion" and Detail has "OverQuota"'
    window: 'PT1H'
    every: 'PT15M'
    operator: 'GreaterThan'
    threshold: 0
  }
]

resource fromLogs 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [for one in logAlerts: {
  name: one.name
  location: location
  kind: 'LogAlert'
  properties: {
    displayName: one.name
    description: one.description
    severity: one.severity
    enabled: true
    scopes: [workspaceId]
    evaluationFrequency: one.every
    windowSize: one.window
    criteria: {
      allOf: [
        {
          query: one.query
          timeAggregation: 'Count'
          operator: one.operator
          threshold: one.threshold
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    // A new workspace has no table yet for what has never happened.
    skipQueryValidation: true
    actions: { actionGroups: [actionsId] }
  }
}]
