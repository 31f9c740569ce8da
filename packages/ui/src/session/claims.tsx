import type { ClaimRow } from './claim-rows.ts';

/** The claims of a token, each with its value, what it means, and where that is written. */
export function Claims({ rows, caption }: { readonly rows: readonly ClaimRow[]; readonly caption: string }) {
  return (
    <table className="claims">
      <caption className="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Claim</th>
          <th scope="col">Value and what it means</th>
          <th scope="col">Written in</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">
              <bdi className="claim-name">{row.name}</bdi>
            </th>
            <td>
              <bdi className="claim-value">{row.value}</bdi>
              <span className="muted">{row.sentence}</span>
            </td>
            <td>
              <a href={row.source.href}>{row.source.label}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
