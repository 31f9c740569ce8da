import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { connect, readFacts } from './connect.ts';
import { createStore } from './store.ts';

const store = createStore((draw) => {
  // A tab in the background gets no frames, and still has to keep up.
  if (document.hidden) setTimeout(draw, 50);
  else requestAnimationFrame(draw);
});

const root = document.getElementById('root');
if (!root) throw new Error('the document has no element of the id root');
const facts = await readFacts();
store.setNames(facts.people);
connect(store);
createRoot(root).render(<App store={store} sites={facts.sites} />);
