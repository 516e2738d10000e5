// The app on a Flex Consumption plan. Every connection is an address and the app's own identity: no setting is a secret.

param name string
param planName string
param location string
param packageContainerUri string
param subnetId string
param maximumInstances int
param alwaysReadyHttp int
param signIn string
param signInClientId string
param signInIssuer string
param settings object

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: planName
  location: location
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: 'functionapp,linux'
  identity: { type: 'SystemAssigned' }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUri
          authentication: { type: 'SystemAssignedIdentity' }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        // The host, the worker and two readers, each of which is bound to half a gigabyte.
        instanceMemoryMB: 2048
        maximumInstanceCount: maximumInstances
        alwaysReady: alwaysReadyHttp == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyHttp }]
      }
    }
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
  }
}

// A resource of its own: the whole list is replaced at each deployment, so that a setting that is gone from here is gone from there.
resource appSettings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: settings
}

// Who signs in is told to the app by a header that App Service takes off every request from outside. Nobody is made to sign in here: porteurs have
// tokens, and the app itself closes what is for staff.
resource signInSettings 'Microsoft.Web/sites/config@2024-04-01' = if (signIn != 'none') {
  parent: app
  name: 'authsettingsV2'
  properties: {
    platform: { enabled: true }
    globalValidation: { requireAuthentication: false, unauthenticatedClientAction: 'AllowAnonymous' }
    httpSettings: { requireHttps: true }
    login: { tokenStore: { enabled: false } }
    identityProviders: signIn == 'entra' ? {
      azureActiveDirectory: {
        enabled: true
        registration: { clientId: signInClientId, openIdIssuer: signInIssuer }
        validation: { allowedAudiences: [signInClientId] }
      }
    } : {
      customOpenIdConnectProviders: {
        proconnect: {
          enabled: true
          registration: {
            clientId: signInClientId
            clientCredential: { clientSecretSettingName: 'GUICHET_SIGN_IN_SECRET' }
            openIdConnectConfiguration: { wellKnownOpenIdConfiguration: '${signInIssuer}/.well-known/openid-configuration' }
          }
          login: { nameClaimType: 'email', scopes: ['openid', 'email'] }
        }
      }
    }
  }
}

// Publishing is by an identity too: no password opens either door.
resource noPasswordToPublish 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

resource noPasswordToCopy 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

output id string = app.id
output hostName string = app.properties.defaultHostName
output principalId string = app.identity.principalId
