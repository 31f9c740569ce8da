/** How a value of one type lies in a text column. All JSON of the store passes through here. */
export interface JsonColumn<T> {
  write(value: T): string;
  /** Only this folder writes these columns, through `write`, so what is read is what was written. */
  read(text: string): T;
}

export function jsonColumn<T>(): JsonColumn<T> {
  return {
    write: (value) => JSON.stringify(value),
    read(text) {
      const value: T = JSON.parse(text);
      return value;
    },
  };
}

export const stringListColumn = jsonColumn<readonly string[]>();
