// What the app works on, by the names that its triggers and StorageNames.cs give. A test holds these lists against the code: whoever adds
// a table there adds it here.

@export()
@description('Conteneurs du premier compte.')
var containers = ['deposits', 'reports', 'pieces', 'texts', 'campaigns', 'keys']

@export()
@description('Tables du premier compte.')
var tables = ['Digests', 'Dossiers', 'Due', 'Failures', 'Ledgers', 'Mails', 'Projects', 'Requests', 'Sessions']

@export()
@description('Files du premier compte : les événements de dépôt que rien n’a pu traiter.')
var queues = ['webjobs-blobtrigger-poison']

@export()
@description('Tables du compte du bureau.')
var officeTables = ['TableauDossiers', 'TableauIndicateurs', 'TableauRegles', 'TableauSuivi']

@export()
@description('Files de Service Bus.')
var busQueues = ['eligibility', 'scoring', 'assignment', 'committee', 'projection', 'mail']

@export()
@description('Conteneurs du compte de l’hôte : le paquet publié, et les événements qu’Event Grid n’a pas pu remettre.')
var hostContainers = ['app-package', 'lost-events']

@export()
@description('Les noms des ressources d’un environnement. Ceux qui sont uniques au monde finissent par une empreinte du groupe de ressources.')
func names(environment string, unique string) object => {
  dossiers: 'stdossiers${unique}'
  office: 'stoffice${unique}'
  host: 'sthost${unique}'
  bus: 'sb-guichet-${environment}-${take(unique, 6)}'
  app: 'func-guichet-${environment}-${take(unique, 6)}'
  plan: 'asp-guichet-${environment}'
  vault: 'kv-guichet-${unique}'
  workspace: 'log-guichet-${environment}'
  insights: 'appi-guichet-${environment}'
  actions: 'ag-guichet-${environment}'
  network: 'vnet-guichet-${environment}'
  healthTest: 'webtest-guichet-${environment}'
  budget: 'budget-guichet-${environment}'
  topic: 'evgt-guichet-${environment}'
}
