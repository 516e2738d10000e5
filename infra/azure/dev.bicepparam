using 'main.bicep'

param environment = 'dev'
param replication = 'Standard_LRS'
param keepDays = 7
param locked = false
param private = false
param alwaysReadyHttp = 0
param retentionDays = 30
param dailyCapGb = 1
param malwareScanCapGb = 10
param monthlyBudget = 60
param budgetStart = readEnvironmentVariable('GUICHET_BUDGET_START')
param mailHost = readEnvironmentVariable('GUICHET_MAIL_HOST', 'smtp.exemple.gouv.fr')
param mailUser = readEnvironmentVariable('GUICHET_MAIL_USER', '')
param mailFrom = readEnvironmentVariable('GUICHET_MAIL_FROM', 'guichet@exemple.gouv.fr')
param recipients = split(readEnvironmentVariable('GUICHET_ALERTS_TO', 'exploitation@exemple.gouv.fr'), ',')
param operatorsGroupId = readEnvironmentVariable('GUICHET_OPERATORS', '')
param signIn = readEnvironmentVariable('GUICHET_SIGN_IN', 'none')
param signInClientId = readEnvironmentVariable('GUICHET_SIGN_IN_CLIENT', '')
param signInIssuer = readEnvironmentVariable('GUICHET_SIGN_IN_ISSUER', '')
param staffOffice = readEnvironmentVariable('GUICHET_OFFICE', '')
param staffOperators = readEnvironmentVariable('GUICHET_STAFF_OPERATORS', '')
