// The emulator reads a whole table, or a whole account's blobs, to answer most questions, so that its time grows with the square of what is deposited. Storage finds
// by keys: here too, by the indexes that the emulator keeps anyway. Loaded before it; every question is still answered by the emulator's own filters, on fewer rows.
"use strict";
const loki = require("./node_modules/lokijs");
const { default: queues } = require("./node_modules/azurite/dist/src/queue/persistence/LokiQueueMetadataStore.js");
const { default: store } = require("./node_modules/azurite/dist/src/table/persistence/LokiTableMetadataStore.js");

// A question about several properties begins with the one that leaves the fewest rows: a blob's name rather than its account. Blobs whose names begin alike are a range
// of names. Words that hold one of these are never taken for numbers, which the indexes put in another order than storage does.
const isNoNumber = /[/|]/;
const beginningOf = (wanted) => (typeof wanted?.$regex === "string" && wanted.$regex.startsWith("^") ? wanted.$regex.slice(1).replace(/\\(.)/g, "$1") : "");
const rangesIn = ([property, wanted]) => {
  const beginning = beginningOf(wanted);
  return isNoNumber.test(beginning) ? [{ [property]: { $between: [beginning, `${beginning}\uffff`] } }] : [];
};
const rowsLeft = (collection, question) => {
  const [[property, wanted]] = Object.entries(question);
  const [operator, value] = typeof wanted === "string" ? ["$eq", wanted] : Object.entries(wanted ?? {})[0] ?? [];
  if (!["$eq", "$between", "$lte"].includes(operator) || !Object.hasOwn(collection.binaryIndices, property)) { return Infinity; }
  if (!collection.adaptiveBinaryIndices) { collection.ensureIndex(property); }
  const [first, last] = collection.calculateRange(operator, property, value);
  return last - first + 1;
};
const and = loki.Resultset.prototype.findAnd;
loki.Resultset.prototype.findAnd = loki.Resultset.prototype.$and = function (questions) {
  if (this.filterInitialized) { return and.call(this, questions); }
  const all = [...questions.flatMap((one) => rangesIn(Object.entries(one)[0])), ...questions];
  return and.call(this, all.map((one) => [rowsLeft(this.collection, one), one]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, one]) => one));
};

// What is taken away leaves the indexes sorted, rather than to be sorted anew for the next question.
const batch = loki.Collection.prototype.removeBatchByPositions;
loki.Collection.prototype.removeBatchByPositions = function (positions) {
  if (positions.length > 10) { return batch.call(this, positions); }
  positions.map((position) => this.data[position]).forEach((one) => this.remove(one));
};

// What has expired in a queue is looked for at each turn, and never there.
const expired = queues.prototype.clearExpiredMessages;
queues.prototype.clearExpiredMessages = function (...of) {
  this.db.getCollection(this.MESSAGES_COLLECTION).ensureIndex("expirationTime");
  return expired.call(this, ...of);
};

// The one partition that a table's filter is about; undefined where there may be others: an "or" or a "not" is not in parentheses of its own.
const firstOf = /^[\s(]*PartitionKey eq '((?:[^']|'')*)'/;
const aloneOf = /^(?:PartitionKey eq '(?:[^']|'')*'|\(PartitionKey eq '(?:[^']|'')*'\)) and \(/;
const quoted = /'(?:[^']|'')*'/g;
const choice = /\b(or|not)\b/;
const outside = (words) => { for (let inner = words; ; words = inner) { inner = words.replace(/\([^()]*\)/g, ""); if (inner === words) { return words; } } };
const partitionIn = (filter = "") => {
  const words = filter.replace(quoted, "");
  return !choice.test(words) || (aloneOf.test(filter) && !choice.test(outside(words))) ? firstOf.exec(filter)?.[1].replaceAll("''", "'") : undefined;
};

// The rows whose keys begin with the same words and a bar: what a campaign's partition holds of one dossier.
const barred = /RowKey gt '((?:[^']|'')*)\|' and RowKey lt '\1~'/;
const rowsIn = (filter) => (choice.test(filter.replace(quoted, "")) ? undefined : barred.exec(filter)?.[1].replaceAll("''", "'"));

const whole = store.prototype.queryTableEntities;
store.prototype.queryTableEntities = function (context, account, table, options, ...from) {
  const partition = partitionIn(options.filter);
  if (partition === undefined) { return whole.call(this, context, account, table, options, ...from); }
  const entities = this.getEntityCollection(account, table, context);
  const rows = rowsIn(options.filter);
  const asked = rows === undefined ? { PartitionKey: partition } : { $and: [{ PartitionKey: partition }, { RowKey: { $between: [`${rows}|`, `${rows}~`] } }] };
  const narrowed = { chain: () => entities.chain().find(asked) };
  return whole.call(Object.create(this, { getEntityCollection: { value: () => narrowed } }), context, account, table, options, ...from);
};
