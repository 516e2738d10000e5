// A network of the environment's own: the app goes out by one subnet, and meets storage, bus and vault at addresses of the other.

param name string
param location string
param dossiersId string
param officeId string
param hostId string
param busId string
param vaultId string

var storageSuffix = environment().suffixes.storage
var blobZone = 'privatelink.blob.${storageSuffix}'
var queueZone = 'privatelink.queue.${storageSuffix}'
var tableZone = 'privatelink.table.${storageSuffix}'
var busZone = 'privatelink.servicebus.windows.net'
var vaultZone = 'privatelink.vaultcore.azure.net'

var doors = concat(
  [
    { name: 'dossiers-blob', service: dossiersId, group: 'blob', zone: blobZone }
    { name: 'dossiers-queue', service: dossiersId, group: 'queue', zone: queueZone }
    { name: 'dossiers-table', service: dossiersId, group: 'table', zone: tableZone }
    { name: 'office-table', service: officeId, group: 'table', zone: tableZone }
    { name: 'host-blob', service: hostId, group: 'blob', zone: blobZone }
    { name: 'host-queue', service: hostId, group: 'queue', zone: queueZone }
    { name: 'host-table', service: hostId, group: 'table', zone: tableZone }
    { name: 'bus', service: busId, group: 'namespace', zone: busZone }
  ],
  empty(vaultId) ? [] : [{ name: 'vault', service: vaultId, group: 'vault', zone: vaultZone }]
)
var zoneNames = concat([blobZone, queueZone, tableZone, busZone], empty(vaultId) ? [] : [vaultZone])

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.60.0.0/24'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.60.0.0/25'
          delegations: [{ name: 'flex', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.60.0.128/26', privateEndpointNetworkPolicies: 'Disabled' }
      }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [for one in zoneNames: {
  name: one
  location: 'global'
}]

resource zoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for (one, index) in zoneNames: {
  parent: zone[index]
  name: name
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}]

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = [for door in doors: {
  name: 'pe-${door.name}'
  location: location
  properties: {
    subnet: { id: network::endpoints.id }
    privateLinkServiceConnections: [
      { name: door.name, properties: { privateLinkServiceId: door.service, groupIds: [door.group] } }
    ]
  }
}]

resource endpointNames 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = [for (door, index) in doors: {
  parent: endpoint[index]
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [
      { name: door.name, properties: { privateDnsZoneId: resourceId('Microsoft.Network/privateDnsZones', door.zone) } }
    ]
  }
  dependsOn: [zone]
}]

output appSubnetId string = network::app.id
