// What the two apps that use MongoDB may do, for the database and collection of the configuration to play with
// (../plumbline.yaml): mongosh --file mongodb.js mongodb://ADMIN@HOST/crm. passwordPrompt() asks for each password.
const crm = { db: "crm", collection: "clients" };
const names = { resource: { db: "crm", collection: "" }, actions: ["listCollections"] };

db.createRole({
  role: "plumblineReconciler",
  privileges: [{ resource: crm, actions: ["find"] }, names],
  roles: [],
});
db.createRole({
  role: "plumblineRepairer",
  privileges: [{ resource: crm, actions: ["find", "insert", "update", "remove"] }, names],
  roles: [],
});

db.createUser({ user: "plumbline-reconciler", pwd: passwordPrompt(), roles: ["plumblineReconciler"] });
db.createUser({ user: "plumbline-repairer", pwd: passwordPrompt(), roles: ["plumblineRepairer"] });
