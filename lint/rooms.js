// Which room imports which. A room may import itself and the rooms listed for it; nothing else.
// The tables are the documentation: docs/decisions explains them, this file enforces them.

const auth = {
  foundation: [],
  wire: [],
  access: ['foundation'],
  crypto: ['foundation'],
  tokens: ['foundation', 'crypto', 'access'],
  // A provider as others see it: discovery, calls, keys. Whoever signs people in and whoever verifies tokens share it.
  provider: ['foundation', 'tokens'],
  session: ['foundation', 'wire', 'access', 'crypto', 'tokens'],
  client: ['foundation', 'wire', 'access', 'crypto', 'tokens', 'provider', 'session'],
  resource: ['foundation', 'access', 'tokens', 'provider', 'session'],
  hono: ['foundation', 'wire', 'access', 'tokens', 'session', 'client', 'resource'],
  next: ['foundation', 'wire', 'access', 'tokens', 'session', 'client', 'resource'],
  // What browsers load: paths and shapes only, no server code.
  react: ['foundation', 'wire', 'access'],
  browser: ['wire'],
  testing: ['foundation', 'wire', 'access', 'crypto', 'tokens', 'session', 'client', 'resource'],
};

const idp = {
  foundation: [],
  store: [],
  http: [],
  keys: ['foundation', 'store', 'events'],
  identity: ['foundation', 'store', 'http'],
  throttle: ['foundation', 'store'],
  events: ['throttle'],
  clients: ['foundation', 'store', 'http', 'events'],
  access: ['foundation', 'store'],
  consent: ['store', 'clients', 'identity', 'access'],
  protocol: ['foundation', 'store', 'keys', 'identity', 'clients', 'access', 'consent', 'http'],
  interaction: [
    'foundation',
    'store',
    'keys',
    'identity',
    'throttle',
    'clients',
    'access',
    'consent',
    'http',
    'events',
  ],
  outbox: ['foundation', 'store', 'keys', 'clients', 'access', 'events'],
  configuration: ['foundation', 'identity', 'clients', 'access'],
  settings: ['foundation', 'clients', 'http', 'throttle'],
  log: ['settings', 'events'],
  server: ['foundation', 'store', 'http', 'log'],
  // A second entry beside main: it reads the environment itself.
  cli: [
    'foundation',
    'store',
    'keys',
    'identity',
    'clients',
    'access',
    'http',
    'log',
    'events',
    'configuration',
    'env',
  ],
};

const dev = {
  ci: [],
  process: [],
  terminal: [],
  system: ['process', 'terminal'],
  browser: ['system', 'terminal'],
  caddy: ['process', 'system', 'terminal'],
  trust: ['caddy', 'system', 'terminal'],
  stack: ['caddy', 'process', 'system', 'terminal'],
  checkup: ['caddy', 'stack', 'system', 'terminal', 'trust'],
  display: ['caddy', 'stack', 'terminal', 'trust'],
};

const explorer = {
  records: [],
  sources: ['records'],
  server: ['records', 'sources'],
  // What browsers load, and what draws a diagram without one.
  model: ['records'],
  explain: ['records', 'model'],
  export: ['records', 'model'],
  page: ['records', 'model', 'explain', 'export'],
};

/** Spec files may import every room of the browser tests. */
const e2e = {
  support: [],
  fixtures: ['support'],
  interop: ['support', 'fixtures'],
  slow: ['support', 'fixtures'],
  screenshots: ['fixtures', 'support'],
};

const site = {
  products: [],
  pages: [],
  http: [],
  database: [],
  testing: [],
};

/** Packages that may be imported by name from inside a folder; a missing row means no restriction. */
const boxes = [
  {
    folder: /\/packages\/auth\/src\//,
    allowed: /^(jose|oauth4webapi|next\/|next$|react$|react\/|hono$|hono\/)/,
    word: 'packages/auth imports nothing of the workspace, no node: module and only jose and oauth4webapi',
  },
  {
    folder: /\/packages\/domains\/src\//,
    allowed: /^@sso\/auth\//,
    word: 'packages/domains is pure data on top of packages/auth',
  },
  {
    folder: /\/packages\/sqlite\/src\//,
    allowed: /^(kysely$|better-sqlite3$|node:)/,
    word: 'packages/sqlite knows no table: it opens a file, and waits for its lock',
  },
  { folder: /\/packages\/ui\/src\//, allowed: /^react/, word: 'packages/ui depends on react only' },
  {
    folder: /\/packages\/site\/src\//,
    allowed:
      /^(@sso\/(auth|domains|sqlite|ui)(\/|$)|next$|next\/|react$|react-dom$|kysely$|kysely\/|better-sqlite3$|node:)/,
    word: 'packages/site knows no site: what it needs of one comes in as a value',
  },
  {
    folder: /\/apps\/idp\/src\//,
    allowed: /^(?!@sso\/(domains|site|shop|blog|explorer|dev|e2e))/,
    word: 'the provider runs alone: no demo data, no other app',
  },
  {
    folder: /\/apps\/(shop|blog)\/src\//,
    allowed: /^(?!@sso\/(idp|shop|blog|explorer|dev|e2e))/,
    word: 'a site meets the others on the wire only',
  },
  {
    folder: /\/apps\/explorer\/src\//,
    allowed: /^(?!@sso\/(auth|site|idp|shop|blog|dev|e2e))/,
    word: 'the explorer reads logs and knows no code of those who write them',
  },
];

const houses = [
  { root: /\/packages\/auth\/src\/(?:([^/]+)\/)?/, rooms: auth },
  { root: /\/packages\/site\/src\/(?:([^/]+)\/)?/, rooms: site },
  { root: /\/apps\/idp\/src\/(?:([^/]+)\/)?/, rooms: idp },
  { root: /\/apps\/explorer\/src\/(?:([^/]+)\/)?/, rooms: explorer },
  { root: /\/dev\/src\/(?:([^/]+)\/)?/, rooms: dev },
  { root: /\/e2e\/(?:([^/]+)\/)?/, rooms: e2e },
];

const isTest = (file) => /\.(test|spec)\.tsx?$/.test(file);

/** The room a file stands in; files directly under src are the house's own hall and may import every room. */
function roomOf(house, file) {
  return house.root.exec(file)?.[1];
}

function checkDoor(context, node, source) {
  const house = houses.find(({ root }) => root.test(context.filename));
  if (!house || !source.startsWith('.')) return;
  const here = roomOf(house, context.filename);
  const there = roomOf(house, new URL(source, `file://${context.filename}`).pathname);
  if (here === undefined || here === there) return;
  if (there === undefined) {
    const wiring = /\/(env|deps|foundation)(\.ts)?$/.exec(source)?.[1];
    if (wiring === undefined || house.rooms[here]?.includes(wiring)) return;
    context.report({
      node,
      message: `room ${here} must not import ${source}: wiring happens in the hall only`,
    });
    return;
  }
  if (!house.rooms[here]) context.report({ node, message: `room ${here} is missing from lint/rooms.js` });
  else if (!house.rooms[here].includes(there))
    context.report({ node, message: `${here} must not import ${there}` });
}

function checkBox(context, node, source) {
  if (source.startsWith('.')) return;
  const box = boxes.find(({ folder }) => folder.test(context.filename));
  if (box && !box.allowed.test(source)) context.report({ node, message: `${source}: ${box.word}` });
}

/** A rule that looks at every import of every file but tests. */
function importRule(check) {
  return {
    create(context) {
      if (isTest(context.filename)) return {};
      const look = (node) => {
        const source = node.source?.value;
        if (typeof source === 'string') check(context, node, source);
      };
      return {
        ImportDeclaration: look,
        ExportNamedDeclaration: look,
        ExportAllDeclaration: look,
        ImportExpression: look,
      };
    },
  };
}

export default {
  meta: { name: 'rooms' },
  rules: { 'one-way': importRule(checkDoor), 'closed-box': importRule(checkBox) },
};
