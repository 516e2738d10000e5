using 'main.bicep'

param environment = 'production'
param replication = 'Standard_ZRS'
param keepDays = 90
param locked = true
param private = true
param alwaysReadyHttp = 1
param retentionDays = 180
param dailyCapGb = 2
param malwareScanCapGb = 100
param monthlyBudget = 900
param budgetStart = readEnvironmentVariable('GUICHET_BUDGET_START')
param mailHost = readEnvironmentVariable('GUICHET_MAIL_HOST')
param mailUser = readEnvironmentVariable('GUICHET_MAIL_USER', '')
param mailFrom = readEnvironmentVariable('GUICHET_MAIL_FROM')
param recipients = split(readEnvironmentVariable('GUICHET_ALERTS_TO'), ',')
param operatorsGroupId = readEnvironmentVariable('GUICHET_OPERATORS', '')
param signIn = readEnvironmentVariable('GUICHET_SIGN_IN', 'none')
param signInClientId = readEnvironmentVariable('GUICHET_SIGN_IN_CLIENT', '')
param signInIssuer = readEnvironmentVariable('GUICHET_SIGN_IN_ISSUER', '')
param staffOffice = readEnvironmentVariable('GUICHET_OFFICE', '')
param staffOperators = readEnvironmentVariable('GUICHET_STAFF_OPERATORS', '')
