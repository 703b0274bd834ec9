import { loadSample, type SampleFiles } from '../../compile/testing/sample-suite.ts';
import { lintSuite } from '../lint-suite.ts';

/** The problems of the sample pack with more files, for tests: `file:line:column code: message [suggestion]`, warnings said to be so. */
export function lintSample(files: SampleFiles): string[] {
  return lintSuite(loadSample(files)).map(({ span, severity, code, message, suggestion }) => {
    const place = `${span.file.replace(/^chat\//, '')}:${span.line}:${span.column}`;
    return `${place} ${severity === 'warning' ? 'warning ' : ''}${code}: ${message}${suggestion === undefined ? '' : ` [${suggestion}]`}`;
  });
}

/** Line 1 to 4 of every scenario of the tests. */
export const scenarioHead = `antiphon: 1
scenario: A test
protocol: chat
transports: [socket]
`;

/** A scenario that is sound up to here; what follows begins in line 9. */
export const scenarioWithSteps = `${scenarioHead}clients: { alice: user, bob: user }
steps:
  - client: bob
    send: { type: say, body: $(alice.session) }
`;

/** A fragment called `part`; what follows begins in line 4. */
export function samplePart(body: string): SampleFiles {
  return { 'fragments/part.yaml': `antiphon: 1\nfragment: A part of it\nprotocol: chat\n${body}` };
}
