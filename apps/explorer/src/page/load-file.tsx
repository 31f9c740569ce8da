import { type ChangeEvent, useRef, useState } from 'react';
import { readDiagramFile } from '../export/diagram-file.ts';
import type { DiagramFile } from '../records/record.ts';

/** Shows a diagram that somebody saved, in place of what happens now. */
export function LoadFile({ onLoad }: { readonly onLoad: (name: string, file: DiagramFile) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string>();
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    try {
      onLoad(file.name, readDiagramFile(await file.text()));
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <button className="button quiet small" type="button" onClick={() => input.current?.click()}>
        Load
      </button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label="A saved diagram"
        hidden
        onChange={(event) => void take(event)}
      />
      {problem !== undefined && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
