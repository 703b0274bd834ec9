/** For tests: a terminal as far as a live view needs one. It wraps, and lays its lines out anew when it is resized. */
export interface Screen {
  write(text: string): void;
  resize(cells: number): void;
  readonly cells: number;
  /** What stands there, without blanks at the end of lines. */
  lines(): readonly string[];
}

const introducer = '\u001b';
const pieces = new RegExp(`${introducer}\\[(\\d*)(?:;\\d+)*([A-Za-z])|.`, 'gs');

/** A row that is full goes on in the next one, if that is its continuation. */
interface Row {
  text: string;
  continues: boolean;
}

export function createScreen(initialCells: number): Screen {
  let cells = initialCells;
  let rows: Row[] = [{ text: '', continues: false }];
  let row = 0;
  let column = 0;

  function put(character: string): void {
    if (column === cells) {
      row++;
      column = 0;
      rows[row] = { text: '', continues: true };
    }
    const { text } = rows[row]!;
    rows[row]!.text = text.slice(0, column).padEnd(column) + character + text.slice(column + 1);
    column++;
  }

  function lineFeed(): void {
    row++;
    column = 0;
    rows[row] ??= { text: '', continues: false };
  }

  function control(amount: number, command: string): void {
    if (command === 'A') row = Math.max(0, row - amount);
    else if (command === 'J') {
      rows = rows.slice(0, row + 1);
      rows[row]!.text = rows[row]!.text.slice(0, column);
    } else if (command !== 'm') throw new Error(`the screen does not know CSI ${command}`);
  }

  return {
    get cells() {
      return cells;
    },
    write(text) {
      for (const [piece, amount, command] of text.matchAll(pieces)) {
        if (command !== undefined) control(Number(amount || 1), command);
        else if (piece === '\n') lineFeed();
        else if (piece === '\r') column = 0;
        else put(piece);
      }
    },
    /** The cursor stays at the end of what was written last. */
    resize(to) {
      const whole: string[] = [];
      for (const { text, continues } of rows) {
        if (continues) whole[whole.length - 1] += text;
        else whole.push(text);
      }
      cells = to;
      rows = whole.flatMap(text =>
        Array.from({ length: Math.max(1, Math.ceil(text.length / to)) }, (_, k) => ({
          text: text.slice(k * to, (k + 1) * to),
          continues: k > 0,
        })),
      );
      row = rows.length - 1;
      column = rows[row]!.text.length;
    },
    lines: () => rows.map(({ text }) => text.trimEnd()),
  };
}
