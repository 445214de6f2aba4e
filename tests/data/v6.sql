-- A school's file as version 6 made it, under the key 1111…11 (32 bytes): schema, invented records and a journal.
-- Never edited: what is still read from it is what users of version 6 keep. The indexes of words are made from it.
PRAGMA application_id = 1397050948;
PRAGMA user_version = 6;

CREATE TABLE school (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  urn TEXT,
  laestab TEXT,
  phase TEXT,
  entered_at TEXT NOT NULL
) STRICT;

CREATE TABLE pupil (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  upn TEXT,
  former_upn TEXT,
  mis_id TEXT,
  surname TEXT NOT NULL,
  forename TEXT NOT NULL,
  middle_names TEXT,
  preferred_forename TEXT,
  dob TEXT,
  sex TEXT,
  year TEXT,
  year_of INTEGER,
  class TEXT,
  home_la TEXT,
  left_on TEXT,
  name_key TEXT NOT NULL,
  entered_at TEXT NOT NULL
) STRICT;

CREATE TABLE status_period (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pupil INTEGER NOT NULL REFERENCES pupil (id) ON DELETE CASCADE,
  code TEXT NOT NULL,
  starts TEXT,
  ends TEXT,
  reason TEXT,
  parents_informed TEXT,
  recorded_as TEXT,
  CHECK (starts IS NULL OR ends IS NULL OR starts <= ends)
) STRICT;

CREATE TABLE need (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pupil INTEGER NOT NULL REFERENCES pupil (id) ON DELETE CASCADE,
  code TEXT NOT NULL,
  rank INTEGER NOT NULL CHECK (rank >= 1),
  starts TEXT,
  ends TEXT,
  recorded_as TEXT,
  CHECK (starts IS NULL OR ends IS NULL OR starts <= ends)
) STRICT;

CREATE TABLE setting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE draft (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  about INTEGER,
  editing INTEGER NOT NULL CHECK (editing IN (0, 1)),
  texts TEXT NOT NULL,
  kept_at TEXT NOT NULL
, variant TEXT NOT NULL DEFAULT '', session TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE journal_step (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('change', 'undo', 'redo', 'access', 'boundary')),
  label TEXT NOT NULL,
  author TEXT NOT NULL,
  login TEXT NOT NULL,
  at TEXT NOT NULL,
  working_date TEXT,
  reverses INTEGER REFERENCES journal_step (id),
  first_row INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  prev TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE journal_row (
  id INTEGER PRIMARY KEY,
  step INTEGER NOT NULL,
  tbl TEXT NOT NULL,
  pk INTEGER NOT NULL,
  before TEXT,
  after TEXT,
  before_digest TEXT,
  after_digest TEXT
) STRICT;

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  -- The name folded, to be found by and compared with.
  name_key TEXT NOT NULL,
  phone TEXT,
  email TEXT,
  entered_at TEXT NOT NULL
) STRICT;

CREATE TABLE person_link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  pupil INTEGER NOT NULL REFERENCES pupil (id) ON DELETE CASCADE,
  relationship TEXT,
  parental_responsibility INTEGER,
  share INTEGER,
  entered_at TEXT NOT NULL
) STRICT;

CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  minutes INTEGER,
  with_words TEXT,
  person INTEGER REFERENCES person_link (id) ON DELETE SET NULL,
  outcome TEXT,
  text TEXT NOT NULL,
  visibility TEXT NOT NULL,
  review INTEGER,
  tags TEXT,
  entered_at TEXT NOT NULL,
  binned_at TEXT
) STRICT;

CREATE TABLE contact_pupil (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  pupil INTEGER NOT NULL REFERENCES pupil (id) ON DELETE RESTRICT,
  place INTEGER NOT NULL,
  words TEXT,
  at TEXT NOT NULL,
  entered_at TEXT NOT NULL
) STRICT;

CREATE TABLE amendment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  contact INTEGER NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
  what TEXT NOT NULL,
  text TEXT NOT NULL,
  entered_at TEXT NOT NULL
) STRICT;

CREATE TABLE task (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  due TEXT,
  pupil INTEGER REFERENCES pupil (id) ON DELETE CASCADE,
  source INTEGER REFERENCES contact (id) ON DELETE SET NULL,
  urgent INTEGER NOT NULL,
  carried INTEGER NOT NULL,
  waiting_for TEXT,
  done_on TEXT,
  entered_at TEXT NOT NULL,
  binned_at TEXT
) STRICT;

CREATE TABLE term (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  starts TEXT NOT NULL,
  ends TEXT NOT NULL
) STRICT;

CREATE TABLE closure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  day TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT;

INSERT INTO school (id, name, code, urn, laestab, phase, entered_at) VALUES (1, 'Oakfield Primary School', 'OAK', '123456', NULL, NULL, '2026-11-24T03:49:19.758Z');
INSERT INTO pupil (id, upn, former_upn, mis_id, surname, forename, middle_names, preferred_forename, dob, sex, year, year_of, class, home_la, left_on, name_key, entered_at) VALUES (1, NULL, NULL, NULL, 'Okafor', 'Aisha', NULL, NULL, '2016-11-03', NULL, '5', 2026, '5B', NULL, NULL, 'okafor	aisha', '2026-11-24T03:49:19.766Z');
INSERT INTO pupil (id, upn, former_upn, mis_id, surname, forename, middle_names, preferred_forename, dob, sex, year, year_of, class, home_la, left_on, name_key, entered_at) VALUES (2, NULL, NULL, NULL, 'Müller', 'Zoë', NULL, NULL, NULL, NULL, '6', 2026, '6A', NULL, NULL, 'muller	zoe', '2026-11-24T03:49:19.768Z');
INSERT INTO status_period (id, pupil, code, starts, ends, reason, parents_informed, recorded_as) VALUES (1, 1, 'N', '2024-09-02', '2025-01-12', NULL, NULL, NULL);
INSERT INTO status_period (id, pupil, code, starts, ends, reason, parents_informed, recorded_as) VALUES (2, 1, 'K', '2025-01-13', NULL, 'Assess, plan, do, review', NULL, NULL);
INSERT INTO need (id, pupil, code, rank, starts, ends, recorded_as) VALUES (1, 1, 'SLCN', 1, '2025-01-13', NULL, NULL);
INSERT INTO draft (id, kind, about, editing, texts, kept_at, variant, session) VALUES (1, 'add', NULL, 0, '{"text":"@okafor rang"}', '2026-11-24T03:49:19.787Z', '', '');
INSERT INTO draft (id, kind, about, editing, texts, kept_at, variant, session) VALUES (2, 'add', NULL, 0, '{"line":"@okafor wrote"}', '2026-11-24T03:50:19.787Z', '', '0123456789abcdef');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (1, 'boundary', 'Add the school', 'Sam Reed', 'sam', '2026-11-24T03:49:19.758Z', NULL, NULL, 1, 1, '', '387d1dae8771994aadd9cc1ec6a7350285564282f8391710d90d5411d393986f');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (2, 'change', 'Add pupil', 'Sam Reed', 'sam', '2026-11-24T03:49:19.766Z', NULL, NULL, 2, 1, '387d1dae8771994aadd9cc1ec6a7350285564282f8391710d90d5411d393986f', '1206206bb87d7863d72e917cc761e80833f17557901a189d3a5e26ea37915350');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (3, 'change', 'Add pupil', 'Sam Reed', 'sam', '2026-11-24T03:49:19.768Z', NULL, NULL, 3, 1, '1206206bb87d7863d72e917cc761e80833f17557901a189d3a5e26ea37915350', '01100cbe27e92974b53032d3dd9483db8f9f090239e5e1272bb0b1dbc6f61361');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (4, 'change', 'Add SEN status of pupil p1', 'Sam Reed', 'sam', '2026-11-24T03:49:19.768Z', NULL, NULL, 4, 1, '01100cbe27e92974b53032d3dd9483db8f9f090239e5e1272bb0b1dbc6f61361', '0c729e517b5e5332fb696b08da56a5ad94dca0929d814e8ff5c87ec234f0a3d9');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (5, 'change', 'Add SEN status of pupil p1', 'Sam Reed', 'sam', '2026-11-24T03:49:19.769Z', NULL, NULL, 5, 2, '0c729e517b5e5332fb696b08da56a5ad94dca0929d814e8ff5c87ec234f0a3d9', 'db5ce3ce0451eadc9d6951bb60911204234b2e6a62106827b31cbb576f7a6407');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (6, 'change', 'Add need of pupil p1', 'Sam Reed', 'sam', '2026-11-24T03:49:19.770Z', NULL, NULL, 7, 1, 'db5ce3ce0451eadc9d6951bb60911204234b2e6a62106827b31cbb576f7a6407', '56e8c47f66c69da2f1d30e386a82275fbf375a13a4f221c45a82388fbfd9c27d');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (7, 'change', 'Add person of pupil p1', 'Sam Reed', 'sam', '2026-11-24T03:49:19.771Z', NULL, NULL, 8, 4, '56e8c47f66c69da2f1d30e386a82275fbf375a13a4f221c45a82388fbfd9c27d', 'a7891d140c4d9d511545bcf6517e0fafffa8249d32d54f87ec9b320e1e10f3ee');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (8, 'change', 'Add person of pupil p2', 'Sam Reed', 'sam', '2026-11-24T03:49:19.773Z', NULL, NULL, 12, 2, 'a7891d140c4d9d511545bcf6517e0fafffa8249d32d54f87ec9b320e1e10f3ee', '829fd9818db56b902d6d3705ec386d67b5a6efc3bab81d0f119c1392efc4a275');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (9, 'change', 'Add contact of pupil p1', 'Sam Reed', 'sam', '2026-11-24T03:49:19.774Z', NULL, NULL, 14, 4, '829fd9818db56b902d6d3705ec386d67b5a6efc3bab81d0f119c1392efc4a275', 'ed5339a9f9a3ad163b086e8698628787e3215f0e63200b67311fbfff4af98b67');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (10, 'change', 'Change contact c1: words of p2', 'Sam Reed', 'sam', '2026-11-24T03:49:19.776Z', NULL, NULL, 18, 1, 'ed5339a9f9a3ad163b086e8698628787e3215f0e63200b67311fbfff4af98b67', '84f41d1c2ae8f6f7eb37aca5a18747e9c8d53f030e34dcc41aeb1e8b85528949');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (11, 'change', 'Add contact of pupil p2', 'Sam Reed', 'sam', '2026-11-24T03:49:19.777Z', NULL, NULL, 19, 2, '84f41d1c2ae8f6f7eb37aca5a18747e9c8d53f030e34dcc41aeb1e8b85528949', 'bf9a25cc29f085d5ffa421f35f847f98211e6c83759115ce92e814f6aa6e03cd');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (12, 'change', 'Amend contact c1', 'Sam Reed', 'sam', '2026-11-24T03:49:19.779Z', NULL, NULL, 21, 1, 'bf9a25cc29f085d5ffa421f35f847f98211e6c83759115ce92e814f6aa6e03cd', 'd296ca412d3886c2ea5d526a23d3aa338d712eb93ca8c556b139ee06b3c24527');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (13, 'change', 'Strike contact c2', 'Sam Reed', 'sam', '2026-11-24T03:49:19.779Z', NULL, NULL, 22, 1, 'd296ca412d3886c2ea5d526a23d3aa338d712eb93ca8c556b139ee06b3c24527', 'd5da24aa525cb6a35688573c9fd1bf65705ba367bd7484ad43718aecbf63dbc4');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (14, 'change', 'Add contact of pupil p1', 'Sam Reed', 'sam', '2026-11-24T03:49:19.780Z', NULL, NULL, 23, 2, 'd5da24aa525cb6a35688573c9fd1bf65705ba367bd7484ad43718aecbf63dbc4', '5dec5dfae7f446f44b317aee04a8d155c1c9149d45ba10395a1e072a143db584');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (15, 'change', 'Bin contact c3', 'Sam Reed', 'sam', '2026-11-24T03:49:19.781Z', NULL, NULL, 25, 1, '5dec5dfae7f446f44b317aee04a8d155c1c9149d45ba10395a1e072a143db584', '0169dc7fc2718d17fcdcdcbe5c8a972921206a87b7e4e289cf30f8f55746a282');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (16, 'change', 'Add task', 'Sam Reed', 'sam', '2026-11-24T03:49:19.782Z', NULL, NULL, 26, 1, '0169dc7fc2718d17fcdcdcbe5c8a972921206a87b7e4e289cf30f8f55746a282', '1c95f6be14babd06e412c2942c0f1540c310e8efc0999a0daa816dfc6d682317');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (17, 'change', 'Add term', 'Sam Reed', 'sam', '2026-11-24T03:49:19.783Z', NULL, NULL, 27, 1, '1c95f6be14babd06e412c2942c0f1540c310e8efc0999a0daa816dfc6d682317', 'ab5db44de18382342d8d740b26a754e8838278416c5450eb329aa60475c52312');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (18, 'change', 'Add closure', 'Sam Reed', 'sam', '2026-11-24T03:49:19.783Z', NULL, NULL, 28, 1, 'ab5db44de18382342d8d740b26a754e8838278416c5450eb329aa60475c52312', '1afc87447d1de83a4272970f9f9f75a52e008ba4f183e768d95958de59797e64');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (19, 'change', 'Tick task t2', 'Sam Reed', 'sam', '2026-11-24T03:49:19.784Z', NULL, NULL, 29, 1, '1afc87447d1de83a4272970f9f9f75a52e008ba4f183e768d95958de59797e64', 'f4451916f78cd401ff3843f0f874f24792205acde7bdbd57427dfb2d741de88e');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (20, 'change', 'Change setting worklist', 'Sam Reed', 'sam', '2026-11-24T03:49:19.785Z', NULL, NULL, 30, 1, 'f4451916f78cd401ff3843f0f874f24792205acde7bdbd57427dfb2d741de88e', 'cf92fe4802906c844b29b045e2a36e542dc9ba0b932e6f42589d987a43cf09c0');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (21, 'undo', 'Undo: Change setting worklist', 'Sam Reed', 'sam', '2026-11-24T03:49:19.786Z', NULL, 20, 31, 1, 'cf92fe4802906c844b29b045e2a36e542dc9ba0b932e6f42589d987a43cf09c0', 'a06f9d794f219851b43bd3c2298509385cd553a0231ad9551d632abd14601153');
INSERT INTO journal_step (id, kind, label, author, login, at, working_date, reverses, first_row, row_count, prev, hash) VALUES (22, 'access', 'Print the register', 'Sam Reed', 'sam', '2026-11-24T03:49:19.787Z', NULL, NULL, 32, 0, 'a06f9d794f219851b43bd3c2298509385cd553a0231ad9551d632abd14601153', '7c35a8162acec505bf970238ca04caf19d438cc53316555fbc8408794fd06f06');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (1, 1, 'school', 1, NULL, '{"id":1,"name":"Oakfield Primary School","code":"OAK","urn":"123456","entered_at":"2026-11-24T03:49:19.758Z"}', NULL, 'f2edb28025c0525a4ca22663d2f7083b2f11fe311bc3fbb42255b8869d5fbb81');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (2, 2, 'pupil', 1, NULL, '{"id":1,"surname":"Okafor","forename":"Aisha","dob":"2016-11-03","year":"5","year_of":2026,"class":"5B","name_key":"okafor\taisha","entered_at":"2026-11-24T03:49:19.766Z"}', NULL, '34ef3c7a8075f71926bcabbbed48145345cc92e2abd64dbd4c899437a5866144');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (3, 3, 'pupil', 2, NULL, '{"id":2,"surname":"Müller","forename":"Zoë","year":"6","year_of":2026,"class":"6A","name_key":"muller\tzoe","entered_at":"2026-11-24T03:49:19.768Z"}', NULL, '7850f8cb3c82a7bc8f291e5689750645d78b7b48d248b06da1ed54ac03abfe74');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (4, 4, 'status_period', 1, NULL, '{"id":1,"pupil":1,"code":"N","starts":"2024-09-02"}', NULL, '300f725f2af5a65c4561f947aa5bc1dfddc55d507c72ec018b89bed8eb9284dd');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (5, 5, 'status_period', 1, '{"id":1,"pupil":1,"code":"N","starts":"2024-09-02"}', '{"id":1,"pupil":1,"code":"N","starts":"2024-09-02","ends":"2025-01-12"}', '300f725f2af5a65c4561f947aa5bc1dfddc55d507c72ec018b89bed8eb9284dd', 'd683c64eb260bce99de9b0e7bb9a6c3aa3633727607ecb3c298dda7735ab2a36');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (6, 5, 'status_period', 2, NULL, '{"id":2,"pupil":1,"code":"K","starts":"2025-01-13","reason":"Assess, plan, do, review"}', NULL, '69b069ceb90367802ea5482b608db969d23f458fcd704bb1579a870176093c11');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (7, 6, 'need', 1, NULL, '{"id":1,"pupil":1,"code":"SLCN","rank":1,"starts":"2025-01-13"}', NULL, 'bb3e365041a5544a7378e8087c0b76298d3af152867efee27834d59ff7ad9dd5');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (8, 7, 'person', 1, NULL, '{"id":1,"name":"Mrs Ngozi Okafor","name_key":"mrs ngozi okafor","entered_at":"2026-11-24T03:49:19.771Z"}', NULL, '3fb5837a8b6f9f6d5fc833b3b86b86a6ae9edaf9d7b67ff7f2b811e21ddb68e7');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (9, 7, 'person_link', 1, NULL, '{"id":1,"person":1,"pupil":1,"entered_at":"2026-11-24T03:49:19.771Z"}', NULL, '6c42518ab0efcc95653cbd177505ca2d64223f7aec26bb05de3da469141bd134');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (10, 7, 'person', 1, '{"id":1,"name":"Mrs Ngozi Okafor","name_key":"mrs ngozi okafor","entered_at":"2026-11-24T03:49:19.771Z"}', '{"id":1,"name":"Mrs Ngozi Okafor","name_key":"mrs ngozi okafor","phone":"07700 900123","entered_at":"2026-11-24T03:49:19.771Z"}', '3fb5837a8b6f9f6d5fc833b3b86b86a6ae9edaf9d7b67ff7f2b811e21ddb68e7', 'ba9568fbeb22d411e7769fee7d3e8839e94c1a3a9a3eaa7cb80049104c98c0e9');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (11, 7, 'person_link', 1, '{"id":1,"person":1,"pupil":1,"entered_at":"2026-11-24T03:49:19.771Z"}', '{"id":1,"person":1,"pupil":1,"relationship":"mother","parental_responsibility":1,"share":1,"entered_at":"2026-11-24T03:49:19.771Z"}', '6c42518ab0efcc95653cbd177505ca2d64223f7aec26bb05de3da469141bd134', 'a873f4606914da534c996c96ea36b3d480ff4f0b16b461cebf16b580093acdb5');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (12, 8, 'person_link', 2, NULL, '{"id":2,"person":1,"pupil":2,"entered_at":"2026-11-24T03:49:19.773Z"}', NULL, 'b0190443ddd912ec2e8cf28c0b0bd777e9d6126eb6f3575e953d4c86b9894183');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (13, 8, 'person_link', 2, '{"id":2,"person":1,"pupil":2,"entered_at":"2026-11-24T03:49:19.773Z"}', '{"id":2,"person":1,"pupil":2,"relationship":"carer","entered_at":"2026-11-24T03:49:19.773Z"}', 'b0190443ddd912ec2e8cf28c0b0bd777e9d6126eb6f3575e953d4c86b9894183', 'f5f2c3ce439019ca102521e962134e3fdc8c4ac333708e59c2a9b05dd215038a');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (14, 9, 'contact', 1, NULL, '{"id":1,"kind":"phone","at":"2026-11-23T08:40","minutes":10,"with_words":"mum","person":1,"outcome":"spoke","text":"Reading is better.\nShe asks for the plan.","visibility":"shareable","tags":"reading slcn","entered_at":"2026-11-24T03:49:19.774Z"}', NULL, 'e35d29fecbb964b7bb679c0d4fec929db36d327071c865c1d6d4229c0351f500');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (15, 9, 'contact_pupil', 1, NULL, '{"id":1,"contact":1,"pupil":1,"place":1,"at":"2026-11-23T08:40","entered_at":"2026-11-24T03:49:19.774Z"}', NULL, '83712e9086e82292259eeeeb70e001bde564c6b767d6ad5fdbead4db51c04827');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (16, 9, 'contact_pupil', 2, NULL, '{"id":2,"contact":1,"pupil":2,"place":2,"at":"2026-11-23T08:40","entered_at":"2026-11-24T03:49:19.774Z"}', NULL, '52780e664a3951d578baaf124fa39a7d8fb3934ed286529b275f832b97a8e0d7');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (17, 9, 'task', 1, NULL, '{"id":1,"title":"Follow up: phone call with mum","due":"2026-11-30","source":1,"urgent":0,"carried":0,"entered_at":"2026-11-24T03:49:19.774Z"}', NULL, '628f8e28c206bc441e9c863b91a0df82f0ebed2a5d2207dae7684c2f5b65e341');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (18, 10, 'contact_pupil', 2, '{"id":2,"contact":1,"pupil":2,"place":2,"at":"2026-11-23T08:40","entered_at":"2026-11-24T03:49:19.774Z"}', '{"id":2,"contact":1,"pupil":2,"place":2,"words":"Zoë sleeps badly","at":"2026-11-23T08:40","entered_at":"2026-11-24T03:49:19.774Z"}', '52780e664a3951d578baaf124fa39a7d8fb3934ed286529b275f832b97a8e0d7', '609ef77dc289978537750db628313ed95884bcd942b7ee8225a047b19e762fb3');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (19, 11, 'contact', 2, NULL, '{"id":2,"kind":"note","at":"2026-11-20","text":"Wrong child","visibility":"internal","entered_at":"2026-11-24T03:49:19.777Z"}', NULL, 'e428a024c0615ee361d9025b3b5a1dbaaddab5300f3a2f81099bdc38fb76e1d3');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (20, 11, 'contact_pupil', 3, NULL, '{"id":3,"contact":2,"pupil":2,"place":1,"at":"2026-11-20","entered_at":"2026-11-24T03:49:19.777Z"}', NULL, '4660721aa562882bbc3786cfcb07fe35c158b0d9aa59e3f0dbaf081acc165d24');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (21, 12, 'amendment', 1, NULL, '{"id":1,"contact":1,"what":"amend","text":"It was Tuesday","entered_at":"2026-11-24T03:49:19.779Z"}', NULL, '8240ac34693c8e1a6c6476a7bf558a3cef42898fc1982d0c45963a2fcdbe0e4d');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (22, 13, 'amendment', 2, NULL, '{"id":2,"contact":2,"what":"strike","text":"About another child","entered_at":"2026-11-24T03:49:19.779Z"}', NULL, '4049d4c069b172e33552d03bbdad353d13c746eb9bc7da2dca5d4a032b448fdb');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (23, 14, 'contact', 3, NULL, '{"id":3,"kind":"email","at":"2026-11-21","text":"Twice","visibility":"internal","entered_at":"2026-11-24T03:49:19.780Z"}', NULL, '394c03a48962a5707df8aa8d1d957837a020489a8d22dfe52631f30d73c7cc35');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (24, 14, 'contact_pupil', 4, NULL, '{"id":4,"contact":3,"pupil":1,"place":1,"at":"2026-11-21","entered_at":"2026-11-24T03:49:19.780Z"}', NULL, '5592e1ae7d2fb1e4b48feeb96911ab07b196eacc152126a1baadc16e0d7a065c');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (25, 15, 'contact', 3, '{"id":3,"kind":"email","at":"2026-11-21","text":"Twice","visibility":"internal","entered_at":"2026-11-24T03:49:19.780Z"}', '{"id":3,"kind":"email","at":"2026-11-21","text":"Twice","visibility":"internal","entered_at":"2026-11-24T03:49:19.780Z","binned_at":"2026-11-24T03:49:19.781Z"}', '394c03a48962a5707df8aa8d1d957837a020489a8d22dfe52631f30d73c7cc35', '0c333f7f3b83d416b39486f9d8e0baf75a273d30119014606995acfe68ef1850');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (26, 16, 'task', 2, NULL, '{"id":2,"title":"Book hall","urgent":1,"carried":0,"waiting_for":"office","entered_at":"2026-11-24T03:49:19.782Z"}', NULL, 'ca662b7034101030eb2bd3900d42df35fa38a3d5412444d561b074b23ba74fae');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (27, 17, 'term', 1, NULL, '{"id":1,"name":"Autumn","starts":"2026-09-02","ends":"2026-12-18"}', NULL, 'e3946e9475bcd38df2306faa8f0cae1b0c867fe6aa21de66597fe6e07d1af266');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (28, 18, 'closure', 1, NULL, '{"id":1,"day":"2026-11-27","name":"INSET"}', NULL, '1ea052d6869588d15c90473604d389fcbb441e14d5f7965970ba36279683f658');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (29, 19, 'task', 2, '{"id":2,"title":"Book hall","urgent":1,"carried":0,"waiting_for":"office","entered_at":"2026-11-24T03:49:19.782Z"}', '{"id":2,"title":"Book hall","urgent":1,"carried":0,"waiting_for":"office","done_on":"2026-11-23","entered_at":"2026-11-24T03:49:19.782Z"}', 'ca662b7034101030eb2bd3900d42df35fa38a3d5412444d561b074b23ba74fae', 'a047112aa7c92729c707f52e55b7123975f07685ff02f005d28aad0d30962b7a');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (30, 20, 'setting', 1, NULL, '{"id":1,"name":"worklist","value":"1"}', NULL, '7b00df27854cfe302e2c91f2526829b4e8616fa18fbb1f95203c5677911ec1c5');
INSERT INTO journal_row (id, step, tbl, pk, before, after, before_digest, after_digest) VALUES (31, 21, 'setting', 1, '{"id":1,"name":"worklist","value":"1"}', NULL, '7b00df27854cfe302e2c91f2526829b4e8616fa18fbb1f95203c5677911ec1c5', NULL);
INSERT INTO person (id, name, name_key, phone, email, entered_at) VALUES (1, 'Mrs Ngozi Okafor', 'mrs ngozi okafor', '07700 900123', NULL, '2026-11-24T03:49:19.771Z');
INSERT INTO person_link (id, person, pupil, relationship, parental_responsibility, share, entered_at) VALUES (1, 1, 1, 'mother', 1, 1, '2026-11-24T03:49:19.771Z');
INSERT INTO person_link (id, person, pupil, relationship, parental_responsibility, share, entered_at) VALUES (2, 1, 2, 'carer', NULL, NULL, '2026-11-24T03:49:19.773Z');
INSERT INTO contact (id, kind, at, minutes, with_words, person, outcome, text, visibility, review, tags, entered_at, binned_at) VALUES (1, 'phone', '2026-11-23T08:40', 10, 'mum', 1, 'spoke', 'Reading is better.
She asks for the plan.', 'shareable', NULL, 'reading slcn', '2026-11-24T03:49:19.774Z', NULL);
INSERT INTO contact (id, kind, at, minutes, with_words, person, outcome, text, visibility, review, tags, entered_at, binned_at) VALUES (2, 'note', '2026-11-20', NULL, NULL, NULL, NULL, 'Wrong child', 'internal', NULL, NULL, '2026-11-24T03:49:19.777Z', NULL);
INSERT INTO contact (id, kind, at, minutes, with_words, person, outcome, text, visibility, review, tags, entered_at, binned_at) VALUES (3, 'email', '2026-11-21', NULL, NULL, NULL, NULL, 'Twice', 'internal', NULL, NULL, '2026-11-24T03:49:19.780Z', '2026-11-24T03:49:19.781Z');
INSERT INTO contact_pupil (id, contact, pupil, place, words, at, entered_at) VALUES (1, 1, 1, 1, NULL, '2026-11-23T08:40', '2026-11-24T03:49:19.774Z');
INSERT INTO contact_pupil (id, contact, pupil, place, words, at, entered_at) VALUES (2, 1, 2, 2, 'Zoë sleeps badly', '2026-11-23T08:40', '2026-11-24T03:49:19.774Z');
INSERT INTO contact_pupil (id, contact, pupil, place, words, at, entered_at) VALUES (3, 2, 2, 1, NULL, '2026-11-20', '2026-11-24T03:49:19.777Z');
INSERT INTO contact_pupil (id, contact, pupil, place, words, at, entered_at) VALUES (4, 3, 1, 1, NULL, '2026-11-21', '2026-11-24T03:49:19.780Z');
INSERT INTO amendment (id, contact, what, text, entered_at) VALUES (1, 1, 'amend', 'It was Tuesday', '2026-11-24T03:49:19.779Z');
INSERT INTO amendment (id, contact, what, text, entered_at) VALUES (2, 2, 'strike', 'About another child', '2026-11-24T03:49:19.779Z');
INSERT INTO task (id, title, due, pupil, source, urgent, carried, waiting_for, done_on, entered_at, binned_at) VALUES (1, 'Follow up: phone call with mum', '2026-11-30', NULL, 1, 0, 0, NULL, NULL, '2026-11-24T03:49:19.774Z', NULL);
INSERT INTO task (id, title, due, pupil, source, urgent, carried, waiting_for, done_on, entered_at, binned_at) VALUES (2, 'Book hall', NULL, NULL, NULL, 1, 0, 'office', '2026-11-23', '2026-11-24T03:49:19.782Z', NULL);
INSERT INTO term (id, name, starts, ends) VALUES (1, 'Autumn', '2026-09-02', '2026-12-18');
INSERT INTO closure (id, day, name) VALUES (1, '2026-11-27', 'INSET');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence (name, seq) VALUES ('school', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('pupil', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('status_period', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('need', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('person', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('person_link', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('contact', 3);
INSERT INTO sqlite_sequence (name, seq) VALUES ('contact_pupil', 4);
INSERT INTO sqlite_sequence (name, seq) VALUES ('task', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('amendment', 2);
INSERT INTO sqlite_sequence (name, seq) VALUES ('term', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('closure', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('setting', 1);
INSERT INTO sqlite_sequence (name, seq) VALUES ('draft', 2);

CREATE VIEW contact_pupil_said AS SELECT id, words FROM contact_pupil WHERE words IS NOT NULL;

CREATE VIRTUAL TABLE contact_words USING fts5 (
  with_words, text, tags,
  content = 'contact', content_rowid = 'id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO contact_words (contact_words) VALUES ('rebuild');

CREATE VIRTUAL TABLE contact_pupil_words USING fts5 (
  words,
  content = 'contact_pupil_said', content_rowid = 'id', prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO contact_pupil_words (contact_pupil_words) VALUES ('rebuild');

CREATE INDEX pupil_name ON pupil (name_key, class, left_on);

CREATE INDEX pupil_upn ON pupil (upn) WHERE upn IS NOT NULL;

CREATE INDEX pupil_mis_id ON pupil (mis_id) WHERE mis_id IS NOT NULL;

CREATE UNIQUE INDEX status_period_one_open ON status_period (pupil) WHERE ends IS NULL;

CREATE INDEX status_period_open ON status_period (pupil, code, ends) WHERE ends IS NULL;

CREATE INDEX status_period_pupil ON status_period (pupil);

CREATE TRIGGER status_period_overlap_insert BEFORE INSERT ON status_period
WHEN EXISTS (
  SELECT 1 FROM status_period AS other
  WHERE other.pupil = NEW.pupil
    AND coalesce(other.starts, '') <= coalesce(NEW.ends, '9999-12-31')
    AND coalesce(NEW.starts, '') <= coalesce(other.ends, '9999-12-31')
)
BEGIN
  SELECT RAISE(ABORT, 'status periods overlap');
END;

CREATE TRIGGER status_period_overlap_update BEFORE UPDATE OF pupil, starts, ends ON status_period
WHEN EXISTS (
  SELECT 1 FROM status_period AS other
  WHERE other.pupil = NEW.pupil AND other.id <> NEW.id
    AND coalesce(other.starts, '') <= coalesce(NEW.ends, '9999-12-31')
    AND coalesce(NEW.starts, '') <= coalesce(other.ends, '9999-12-31')
)
BEGIN
  SELECT RAISE(ABORT, 'status periods overlap');
END;

CREATE INDEX need_pupil ON need (pupil, ends, rank, code);

CREATE INDEX journal_step_reverses ON journal_step (reverses) WHERE reverses IS NOT NULL;

CREATE INDEX journal_step_boundary ON journal_step (id) WHERE kind = 'boundary';

CREATE TRIGGER journal_step_keeps_steps BEFORE DELETE ON journal_step
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TRIGGER journal_step_keeps_words BEFORE UPDATE ON journal_step
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TRIGGER journal_row_keeps_rows BEFORE DELETE ON journal_row
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE TRIGGER journal_row_keeps_images BEFORE UPDATE ON journal_row
BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;

CREATE INDEX person_name ON person (name_key);

CREATE UNIQUE INDEX person_link_pupil ON person_link (pupil, person);

CREATE INDEX person_link_person ON person_link (person);

CREATE INDEX contact_at ON contact (binned_at, at);

CREATE INDEX contact_person ON contact (person) WHERE person IS NOT NULL;

CREATE UNIQUE INDEX contact_pupil_contact ON contact_pupil (contact, pupil);

CREATE INDEX contact_pupil_diary ON contact_pupil (pupil, at, contact);

CREATE INDEX amendment_contact ON amendment (contact, what);

CREATE INDEX task_due ON task (binned_at, done_on, due);

CREATE INDEX task_pupil ON task (pupil) WHERE pupil IS NOT NULL;

CREATE INDEX task_source ON task (source) WHERE source IS NOT NULL;

CREATE TRIGGER contact_words_insert AFTER INSERT ON contact
BEGIN
  INSERT INTO contact_words (rowid, with_words, text, tags) VALUES (NEW.id, NEW.with_words, NEW.text, NEW.tags);
END;

CREATE TRIGGER contact_words_delete AFTER DELETE ON contact
BEGIN
  INSERT INTO contact_words (contact_words, rowid, with_words, text, tags)
  VALUES ('delete', OLD.id, OLD.with_words, OLD.text, OLD.tags);
END;

CREATE TRIGGER contact_words_update AFTER UPDATE OF id, with_words, text, tags ON contact
BEGIN
  INSERT INTO contact_words (contact_words, rowid, with_words, text, tags)
  VALUES ('delete', OLD.id, OLD.with_words, OLD.text, OLD.tags);
  INSERT INTO contact_words (rowid, with_words, text, tags) VALUES (NEW.id, NEW.with_words, NEW.text, NEW.tags);
END;

CREATE TRIGGER contact_pupil_words_insert AFTER INSERT ON contact_pupil WHEN NEW.words IS NOT NULL
BEGIN
  INSERT INTO contact_pupil_words (rowid, words) VALUES (NEW.id, NEW.words);
END;

CREATE TRIGGER contact_pupil_words_delete AFTER DELETE ON contact_pupil WHEN OLD.words IS NOT NULL
BEGIN
  INSERT INTO contact_pupil_words (contact_pupil_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
END;

CREATE TRIGGER contact_pupil_words_update_old AFTER UPDATE OF id, words ON contact_pupil WHEN OLD.words IS NOT NULL
BEGIN
  INSERT INTO contact_pupil_words (contact_pupil_words, rowid, words) VALUES ('delete', OLD.id, OLD.words);
  INSERT INTO contact_pupil_words (rowid, words) SELECT NEW.id, NEW.words WHERE NEW.words IS NOT NULL;
END;

CREATE TRIGGER contact_pupil_words_update_new AFTER UPDATE OF id, words ON contact_pupil
WHEN OLD.words IS NULL AND NEW.words IS NOT NULL
BEGIN
  INSERT INTO contact_pupil_words (rowid, words) VALUES (NEW.id, NEW.words);
END;

CREATE INDEX journal_row_record ON journal_row (tbl, pk);

CREATE INDEX journal_row_owner ON journal_row (
  tbl,
  iif(
    -- A row that was tampered with is for the check of the chain to find.
    json_valid(coalesce(after, before)),
    json_extract(coalesce(after, before), iif(tbl IN ('contact_pupil', 'amendment'), '$.contact', '$.pupil')),
    NULL
  )
) WHERE tbl IN ('status_period', 'need', 'person_link', 'contact_pupil', 'amendment');

CREATE INDEX draft_about ON draft (kind, variant, about, editing);

-- The provision map: who runs what, at which rate, for whom, and which sessions were held.
--
-- INTEGER and TEXT only, as before: pence, minutes and ISO days. Costs and last days that follow from weeks are worked
-- out, never stored.

CREATE TABLE staff (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  role TEXT,
  minutes_week INTEGER,
  entered_at TEXT NOT NULL
) STRICT;

-- A rate holds from its day until the next one's.
CREATE TABLE rate (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  staff INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  pence_hour INTEGER NOT NULL CHECK (pence_hour >= 0),
  starts TEXT NOT NULL,
  entered_at TEXT NOT NULL
) STRICT;

CREATE INDEX rate_staff ON rate (staff, starts);

CREATE TABLE provision_type (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  area TEXT,
  tier TEXT,
  minutes INTEGER CHECK (minutes > 0),
  sessions_week INTEGER CHECK (sessions_week > 0),
  weeks INTEGER CHECK (weeks > 0),
  group_size INTEGER CHECK (group_size > 0),
  materials_pence INTEGER CHECK (materials_pence >= 0),
  entered_at TEXT NOT NULL
) STRICT;

-- A run. What it took from its type when it was made is its own: a type that changes changes no run.
CREATE TABLE provision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  type INTEGER NOT NULL REFERENCES provision_type (id) ON DELETE RESTRICT,
  staff INTEGER REFERENCES staff (id) ON DELETE SET NULL,
  starts TEXT NOT NULL,
  ends TEXT,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  sessions_week INTEGER NOT NULL CHECK (sessions_week > 0),
  weeks INTEGER NOT NULL CHECK (weeks > 0),
  materials_pence INTEGER NOT NULL CHECK (materials_pence >= 0),
  entered_at TEXT NOT NULL,
  binned_at TEXT, planned_rate INTEGER CHECK (planned_rate >= 0),
  CHECK (ends IS NULL OR ends >= starts)
) STRICT;

CREATE INDEX provision_type_of ON provision (type);
CREATE INDEX provision_staff ON provision (staff) WHERE staff IS NOT NULL;

CREATE TABLE member (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  provision INTEGER NOT NULL REFERENCES provision (id) ON DELETE CASCADE,
  pupil INTEGER NOT NULL REFERENCES pupil (id) ON DELETE CASCADE,
  starts TEXT NOT NULL,
  ends TEXT,
  entry TEXT,
  exit TEXT,
  entered_at TEXT NOT NULL,
  binned_at TEXT,
  CHECK (ends IS NULL OR ends >= starts)
) STRICT;

CREATE INDEX member_provision ON member (provision);
CREATE INDEX member_pupil ON member (pupil);

-- `outcome` is held or missed. `staff` is who ran it, when it was somebody else than planned.
CREATE TABLE session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  provision INTEGER NOT NULL REFERENCES provision (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reason TEXT,
  staff INTEGER REFERENCES staff (id) ON DELETE SET NULL,
  entered_at TEXT NOT NULL
) STRICT;

CREATE INDEX session_provision ON session (provision, day);
CREATE INDEX session_staff ON session (staff) WHERE staff IS NOT NULL;

-- The history of a run and of a child's places, without reading the journal through.
CREATE INDEX journal_row_provision ON journal_row (
  iif(
    -- A row that was tampered with is for the check of the chain to find.
    json_valid(coalesce(after, before)),
    json_extract(coalesce(after, before), '$.provision'),
    NULL
  )
) WHERE tbl IN ('member', 'session');

CREATE INDEX journal_row_member ON journal_row (
  iif(json_valid(coalesce(after, before)), json_extract(coalesce(after, before), '$.pupil'), NULL)
) WHERE tbl = 'member';

INSERT INTO staff (id, name, role, minutes_week, entered_at) VALUES (1, 'Ms Pratt', 'teaching assistant', 1950, '2026-11-26T09:00:00.000Z');
INSERT INTO rate (id, staff, pence_hour, starts, entered_at) VALUES (1, 1, 1600, '2026-09-01', '2026-11-26T09:00:00.000Z');
INSERT INTO provision_type (id, name, area, tier, minutes, sessions_week, weeks, group_size, materials_pence, entered_at) VALUES (1, 'Talk group', 'C&I', 'targeted', 20, 3, 12, 4, NULL, '2026-11-26T09:00:00.000Z');
INSERT INTO provision (id, type, staff, starts, ends, minutes, sessions_week, weeks, materials_pence, entered_at, binned_at, planned_rate) VALUES (1, 1, 1, '2026-09-07', NULL, 20, 3, 12, 0, '2026-11-26T09:00:00.000Z', NULL, 1600);
INSERT INTO member (id, provision, pupil, starts, ends, entry, exit, entered_at, binned_at) VALUES (1, 1, 1, '2026-09-07', NULL, '7/25', NULL, '2026-11-26T09:00:00.000Z', NULL);
INSERT INTO member (id, provision, pupil, starts, ends, entry, exit, entered_at, binned_at) VALUES (2, 1, 2, '2026-09-14', '2026-10-16', NULL, NULL, '2026-11-26T09:00:00.000Z', NULL);
INSERT INTO session (id, provision, day, outcome, reason, staff, entered_at) VALUES (1, 1, '2026-09-08', 'held', NULL, NULL, '2026-11-26T09:00:00.000Z');
INSERT INTO session (id, provision, day, outcome, reason, staff, entered_at) VALUES (2, 1, '2026-09-09', 'missed', 'staff absent', NULL, '2026-11-26T09:00:00.000Z');

-- The hours a week took at this school: one typed line for a week, from its Monday.
--
-- INTEGER and TEXT only, as before. Two lines of one week are added up, should undo ever bring that about.

CREATE TABLE hours (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  week TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes > 0),
  note TEXT,
  entered_at TEXT NOT NULL
) STRICT;

CREATE INDEX hours_week ON hours (week);

INSERT INTO hours (id, week, minutes, note, entered_at) VALUES (1, '2026-11-23', 390, 'Reviews', '2026-11-26T09:00:00.000Z');

-- The step that put the rows above on file, added when doctor began to hold each record against the history: this
-- version made it, this file had left it out.
INSERT INTO journal_row (id, step, tbl, pk, after, after_digest) VALUES (32, 23, 'staff', 1, '{"id":1,"name":"Ms Pratt","role":"teaching assistant","minutes_week":1950,"entered_at":"2026-11-26T09:00:00.000Z"}', '24c365d6f81f293288c99f20ec28065ab35dd0d0b29c54aca9b6123fecd01404');
INSERT INTO journal_row (id, step, tbl, pk, after, after_digest) VALUES (33, 23, 'rate', 1, '{"id":1,"staff":1,"pence_hour":1600,"starts":"2026-09-01","entered_at":"2026-11-26T09:00:00.000Z"}', 'be71a8bdf9150f3cf2d0007d9beb4559c6834f684a931750bde7e16197ae1d8d');
INSERT INTO journal_row (id, step, tbl, pk, after, after_digest) VALUES (34, 23, 'provision_type', 1, '{"id":1,"name":"Talk group","area":"C&I","tier":"targeted","minutes":20,"sessions_week":3,"weeks":12,"group_size":4,"entered_at":"2026-11-26T09:00:00.000Z"}', '9a65738048c4a898068677c3dfc3180717396be39a615547f45de2f8ace1913e');
INSERT INTO journal_row (id, step, tbl, pk, after, after_digest) VALUES (35, 23, 'provision', 1, '{"id":1,"type":1,"staff":1,"starts":"2026-09-07","minutes":20,"sessions_week":3,"weeks":12,"materials_pence":0,"entered_at":"2026-11-26T09:00:00.000Z","planned_rate":1600}', '9936e6e2950a033091deb6a3f65858512cbc6a7f1d4ec31985c7f14cfec60e84');
INSERT INTO journal_row (id, step, tbl, pk, after, after_digest) VALUES (36, 23, 'member', 1, '{"id":1,"provision":1,"pupil":1,"starts":"2026-09-07","entry":"7/25","entered_at":"2026-11-26T09:00:00.000Z"}', 'e9a94e3366fb511da682aff5da4ec92b020292aefcf156515e848105b01ebd75');
INSERT INTO journal_row (id, step, tbl, pk, after, after_digest) VALUES (37, 23, 'member', 2, '{"id":2,"provision":1,"pupil":2,"starts":"2026-09-14","ends":"2026-10-16","entered_at":"2026-11-26T09:00:00.000Z"}', 'a5e01f7d54bb2dfff36fc247c032d664ee076dc3039c4c42b1efbb667b6e0e57');
INSERT INTO journal_row (id, step, tbl, pk, after, after_digest) VALUES (38, 23, 'session', 1, '{"id":1,"provision":1,"day":"2026-09-08","outcome":"held","entered_at":"2026-11-26T09:00:00.000Z"}', 'be188699cb8e048a4d91cf2c326c44e820f0ed172cc5cb4691b9d1485c872226');
INSERT INTO journal_row (id, step, tbl, pk, after, after_digest) VALUES (39, 23, 'session', 2, '{"id":2,"provision":1,"day":"2026-09-09","outcome":"missed","reason":"staff absent","entered_at":"2026-11-26T09:00:00.000Z"}', '5c838e2c87c4f921b2caecfdbfa1275c2aa54fca1919896cbbf0d7f82b1dd4ea');
INSERT INTO journal_row (id, step, tbl, pk, after, after_digest) VALUES (40, 23, 'hours', 1, '{"id":1,"week":"2026-11-23","minutes":390,"note":"Reviews","entered_at":"2026-11-26T09:00:00.000Z"}', '9361be04ae8a0d8e09846325d8051d25402011006fd6807a9358ef43a7282cef');
INSERT INTO journal_step VALUES (23, 'change', 'Put the provision map and the hours on file', 'Sam Reed', 'sam', '2026-11-24T03:49:19.787Z', NULL, NULL, 32, 9, '7c35a8162acec505bf970238ca04caf19d438cc53316555fbc8408794fd06f06', '2aed02a6a6c92e189c0e82da47a6717876f5bb7459d075778234f68729be9d91');

CREATE INDEX journal_row_of ON journal_row (
  tbl,
  iif(
    -- A row that was tampered with is for the check of the chain to find.
    json_valid(coalesce(after, before)),
    json_extract(coalesce(after, before), '$.of'),
    NULL
  )
) WHERE iif(json_valid(coalesce(after, before)), json_extract(coalesce(after, before), '$.of'), NULL) IS NOT NULL;
