import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { ts } from '@ts-morph/common';

/** One method of the SDK: the call it makes and the types of its params and its answer. */
export type Endpoint = {
  signature: string;
  params: ts.Type | undefined;
  answer: ts.Type;
  list: boolean;
};
export type Sdk = {
  checker: ts.TypeChecker;
  endpoints: Map<string, Endpoint>;
  events: Map<string, ts.Type>;
  /** Every call of the SDK, those without a typed object included. */
  known: Set<string>;
};

const esm = path.dirname(createRequire(import.meta.url).resolve('stripe')).replace(/cjs$/, 'esm');

/** `POST /v1/customers/:id` by method name, from the JavaScript beside the types. */
function callsOf(file: string): Map<string, string> {
  const source = readFileSync(file.replace(/\.d\.ts$/, '.js'), 'utf8');
  const calls = new Map<string, string>();
  for (const [, name, verb, target] of source.matchAll(
    /\n {4}(\w+)\([^)]*\) \{[^]*?_makeRequest\('([A-Z]+)', [`']([^`']+)[`']/g,
  ))
    if (name && verb && target) calls.set(name, `${verb} ${target.replace(/\$\{[^}]+\}/g, ':id')}`);
  return calls;
}

function readClass(
  checker: ts.TypeChecker,
  node: ts.ClassDeclaration,
  calls: Map<string, string>,
  into: Map<string, Endpoint>,
): void {
  for (const member of node.members) {
    if (!ts.isMethodDeclaration(member) || !member.type) continue;
    const signature = calls.get(member.name.getText());
    // Only Promise<Response<T>> and ApiListPromise<T> carry an object of the API.
    const outer = ts.isTypeReferenceNode(member.type) ? member.type : undefined;
    const inner = outer?.typeArguments?.[0];
    if (!signature || !outer || !inner) continue;
    const list = outer.typeName.getText() === 'ApiListPromise';
    const answer = !list && ts.isTypeReferenceNode(inner) ? inner.typeArguments?.[0] : inner;
    const given = member.parameters.find((each) => each.name.getText() === 'params')?.type;
    if (!answer || into.has(signature)) continue;
    into.set(signature, {
      signature,
      params: given ? checker.getTypeFromTypeNode(given) : undefined,
      answer: checker.getTypeFromTypeNode(answer),
      list,
    });
  }
}

/** What the SDK's declarations need of a standard library; the compiler package brings none on disk. */
const PRELUDE = `
interface Array<T> { length: number; [n: number]: T }
interface ReadonlyArray<T> { length: number; [n: number]: T }
interface Promise<T> { then(done: (value: T) => void): void }
interface AsyncIterableIterator<T> { next(): Promise<T> }
interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {} interface NewableFunction {}
interface Number {} interface Object {} interface RegExp {} interface String {}
type Record<K extends keyof any, T> = { [P in K]: T };
type Partial<T> = { [P in keyof T]?: T[P] };
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Exclude<T, U> = T extends U ? never : T;
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
`;

function createProgram(root: string): ts.Program {
  const options: ts.CompilerOptions = {
    strict: true,
    noLib: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    module: ts.ModuleKind.ESNext,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const prelude = path.join(esm, 'prelude.d.ts');
  const base = { ...host };
  host.fileExists = (file) => file === prelude || base.fileExists(file);
  host.getSourceFile = (file, target, ...rest) =>
    file === prelude
      ? ts.createSourceFile(file, PRELUDE, target)
      : base.getSourceFile(file, target, ...rest);
  return ts.createProgram([prelude, root], options, host);
}

/** Reads every v1 endpoint and event of the installed SDK from its own declarations. */
export function readSdk(): Sdk {
  const root = path.join(esm, 'stripe.esm.node.d.ts');
  const program = createProgram(root);
  const checker = program.getTypeChecker();
  const endpoints = new Map<string, Endpoint>();
  const events = new Map<string, ts.Type>();
  const known = new Set<string>();
  for (const file of program.getSourceFiles()) {
    if (!file.fileName.includes('/esm/resources/') || file.fileName.includes('/V2/')) continue;
    const calls = callsOf(file.fileName);
    for (const signature of calls.values()) known.add(signature);
    ts.forEachChild(file, (node) => {
      if (ts.isClassDeclaration(node)) readClass(checker, node, calls, endpoints);
      if (!ts.isInterfaceDeclaration(node) || !file.fileName.endsWith('/Events.d.ts')) return;
      const type = checker.getTypeAtLocation(node);
      const name =
        type.getProperty('type') && checker.getTypeOfSymbol(type.getProperty('type') as ts.Symbol);
      if (name?.isStringLiteral()) events.set(name.value, type);
    });
  }
  return { checker, endpoints, events, known };
}
