// The emulator reads a whole table, or a whole account's blobs, to answer most questions, so that its time grows with the square of what is deposited. Storage finds
// by keys: here too, by the indexes that the emulator keeps anyway. Loaded before it; every question is still answered by the emulator's own filters, on fewer rows.
"use strict";
const loki = require("./node_modules/lokijs");
const { default: store } = require("./node_modules/azurite/dist/src/table/persistence/LokiTableMetadataStore.js");

// A question about several properties begins with the one that leaves the fewest rows: a blob's name rather than its account.
const rowsLeft = (collection, question) => {
  const [[property, wanted]] = Object.entries(question);
  const [operator, value] = typeof wanted === "string" ? ["$eq", wanted] : ["$between", wanted?.$between];
  if (value === undefined || !Object.hasOwn(collection.binaryIndices, property)) { return Infinity; }
  if (!collection.adaptiveBinaryIndices) { collection.ensureIndex(property); }
  const [first, last] = collection.calculateRange(operator, property, value);
  return last - first + 1;
};
const and = loki.Resultset.prototype.findAnd;
loki.Resultset.prototype.findAnd = loki.Resultset.prototype.$and = function (questions) {
  if (this.filterInitialized) { return and.call(this, questions); }
  return and.call(this, questions.map((one) => [rowsLeft(this.collection, one), one]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, one]) => one));
};

// What is taken away leaves the indexes sorted, rather than to be sorted anew for the next question.
const batch = loki.Collection.prototype.removeBatchByPositions;
loki.Collection.prototype.removeBatchByPositions = function (positions) {
  if (positions.length > 10) { return batch.call(this, positions); }
  positions.map((position) => this.data[position]).forEach((one) => this.remove(one));
};

// The one partition that a table's filter is about; undefined where there may be others.
const firstOf = /^[\s(]*PartitionKey eq '((?:[^']|'')*)'/;
const quoted = /'(?:[^']|'')*'/g;
const partitionIn = (filter = "") => (/\b(or|not)\b/.test(filter.replace(quoted, "")) ? undefined : firstOf.exec(filter)?.[1].replaceAll("''", "'"));

// The rows whose keys begin with the same words and a bar: what a campaign's partition holds of one dossier. Words that end so are never taken for numbers, which
// the indexes put in another order than storage does.
const barred = /RowKey gt '((?:[^']|'')*)\|' and RowKey lt '\1~'/;
const rowsIn = (filter) => barred.exec(filter)?.[1].replaceAll("''", "'");

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
