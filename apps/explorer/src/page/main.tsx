import { createRoot } from 'react-dom/client';
import { readDiagramFile } from '../export/diagram-file.ts';
import { App } from './app.tsx';
import { connect, readFacts } from './connect.ts';
import { createStore } from './store.ts';

/** More often nobody sees a difference. */
const PAUSE_MILLISECONDS = 50;
let last = 0;

const store = createStore((draw) => {
  const drawNow = () => {
    last = performance.now();
    draw();
  };
  const wait = Math.max(0, last + PAUSE_MILLISECONDS - performance.now());
  // A tab in the background gets no frames, and still has to keep up.
  setTimeout(() => (document.hidden ? drawNow() : requestAnimationFrame(drawNow)), wait);
});

const root = document.getElementById('root');
if (!root) throw new Error('the document has no element of the id root');
createRoot(root).render(<App store={store} sites={await begin()} />);

/** A document that holds a diagram shows that; any other shows what happens now. @returns addresses of the sites */
async function begin(): Promise<Readonly<Record<string, string>>> {
  const saved = document.getElementById('diagram')?.textContent;
  if (saved) {
    store.load('this report', readDiagramFile(saved));
    return {};
  }
  const { people, sites } = await readFacts();
  store.setNames(people);
  connect(store);
  return sites;
}
