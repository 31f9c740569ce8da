import type { Way } from './ways.ts';

/** One way with its steps, and the button that takes it. */
export function WayCard({ way, isTaken }: { readonly way: Way; readonly isTaken: boolean }) {
  return (
    <section className={isTaken ? 'way taken' : 'way'} aria-labelledby={way.id}>
      <h2 id={way.id}>{way.title}</h2>
      <p className="text-soft">{way.when}</p>
      <ol>
        {way.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <form action="/ways">
        <button className="button" name="way" value={way.id}>
          {way.button}
        </button>
      </form>
    </section>
  );
}
