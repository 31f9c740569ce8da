// Draws what the logs of a stack tell, without a server: `node src/draw-wanted.ts`, with its environment as below. Playwright's
// failures carry the page that it writes.
import { readFileSync, writeFileSync } from 'node:fs';
import { readDrawingEnv } from './env.ts';
import { toDiagramFile } from './export/diagram-file.ts';
import { toMermaid } from './export/mermaid.ts';
import { createDiagram } from './model/diagram.ts';
import { groupFlows } from './model/flows.ts';
import type { NewRecord } from './records/new-record.ts';
import { siteNames } from './records/record.ts';
import { createPageFiles } from './server/page-files.ts';
import { siteFinder } from './sources/follow-logs.ts';
import { readPeople } from './sources/people.ts';
import { readAccessLine } from './sources/read-access-line.ts';
import { readEventLine } from './sources/read-event-line.ts';

const wanted = readDrawingEnv();

const read = (path: string, parse: (line: string) => NewRecord | undefined): NewRecord[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => parse(line) ?? []);
const siteOf = siteFinder(wanted.SITES);
const all = [
  ...read(wanted.ACCESS_LOG, (line) => readAccessLine(line, siteOf)),
  ...siteNames.flatMap((site) => read(wanted.EVENT_LOGS[site], (line) => readEventLine(line, site))),
];
const isWanted = (one: NewRecord) => ('end' in one ? one.end : one.at) >= wanted.FROM && one.at <= wanted.TO;
const records = all.filter(isWanted).map((one, id) => ({ ...one, id: id + 1 }));
const people = readPeople(wanted.PEOPLE_DATABASE);

const diagram = createDiagram();
diagram.add(records);
writeFileSync(wanted.MERMAID_FILE, toMermaid(groupFlows(diagram.messages()), people));
const page = await createPageFiles().standalone(toDiagramFile(records, people, new Date()));
writeFileSync(wanted.HTML_FILE, page);
