import path from 'node:path';
import { ts } from '@ts-morph/common';

export type Json = { [key: string]: unknown };

/** Names that belong to payment methods the sandbox has no part in: their branches are cut off. */
const OTHER_METHODS =
  /^(acss_debit|affirm|afterpay_clearpay|alipay|alma|amazon_pay|au_becs_debit|bacs_debit|bancontact|billie|bizum|blik|boleto|cashapp|crypto|eps|fpx|giropay|grabpay|ideal|interac_present|kakao_pay|klarna|konbini|kr_card|mb_way|mobilepay|multibanco|naver_pay|nz_bank_account|oxxo|p24|pay_by_bank|payco|paynow|paypal|paypay|payto|pix|promptpay|revolut_pay|samsung_pay|satispay|scalapay|sepa_debit|sequra|sofort|sunbit|swish|twint|upi|us_bank_account|wechat_pay|zip)$/;

/** Writes JSON Schema for the SDK's types. Interfaces become `$defs` named by file and qualified name. */
export class SchemaWriter {
  readonly defs: Record<string, Json> = {};
  private readonly checker: ts.TypeChecker;
  /** Which objects of the API may be embedded; references to others stay ids. */
  private readonly embeds: (object: string) => boolean;
  private readonly forRequests: boolean;

  constructor(checker: ts.TypeChecker, forRequests: boolean, embeds: (object: string) => boolean) {
    this.checker = checker;
    this.forRequests = forRequests;
    this.embeds = embeds;
  }

  /** The value of `object`, for types that are objects of the API. */
  objectOf(type: ts.Type): string | undefined {
    const property = type.getProperty('object');
    const value = property && this.checker.getTypeOfSymbol(property);
    return value?.isStringLiteral() ? value.value : undefined;
  }

  /** The schema of a type, or undefined when nothing may stand there. */
  write(type: ts.Type): Json | undefined {
    const { flags } = type;
    if (type.isUnion()) return this.union(type.types);
    if (type.isStringLiteral())
      return type.value === '' ? { type: 'null' } : { enum: [type.value] };
    if (type.isNumberLiteral()) return { enum: [type.value] };
    if (flags & ts.TypeFlags.BooleanLiteral)
      return { enum: [this.checker.typeToString(type) === 'true'] };
    if (flags & ts.TypeFlags.Any) throw new Error('A type of the SDK could not be resolved');
    if (flags & ts.TypeFlags.String) return { type: 'string' };
    if (flags & ts.TypeFlags.Number) return { type: 'number' };
    if (flags & ts.TypeFlags.Boolean) return { type: 'boolean' };
    if (flags & ts.TypeFlags.Null) return { type: 'null' };
    if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void | ts.TypeFlags.Never)) return undefined;
    if (type.isIntersection())
      return this.checker.typeToString(type).includes('Decimal')
        ? this.decimal()
        : { type: 'string' };
    if (type.aliasSymbol?.name === 'Decimal') return this.decimal();
    if (this.checker.isArrayType(type))
      return {
        type: 'array',
        items:
          this.write(this.checker.getTypeArguments(type as ts.TypeReference)[0] as ts.Type) ??
          false,
      };
    return this.named(type);
  }

  private decimal(): Json {
    return { type: 'string', format: 'decimal' };
  }

  private union(types: ts.Type[]): Json | undefined {
    // `'a' | 'b' | OtherString` lists what the documentation knows; the open end is left out on purpose.
    const literals = types.some((each) => each.isStringLiteral() && each.value !== '');
    const closed: ts.Type[] = types.filter(
      (each) =>
        !(
          literals &&
          each.isIntersection() &&
          !this.checker.typeToString(each).includes('Decimal')
        ),
    );
    const written: Json[] = [];
    for (const each of closed) {
      const schema = this.write(each);
      if (schema) written.push(schema);
    }
    const values = written.flatMap((each) => (each['enum'] as unknown[] | undefined) ?? []);
    const bools = values.filter((each) => typeof each === 'boolean');
    const strings = values.filter((each) => typeof each !== 'boolean');
    const all: Json[] = written.filter((each) => !each['enum']);
    if (strings.length) all.push({ enum: strings.map(String).sort((a, b) => (a < b ? -1 : 1)) });
    if (bools.length) all.push(bools.length === 2 ? { type: 'boolean' } : { enum: bools });
    const unique = all.filter(
      (each, index) =>
        all.findIndex((other) => JSON.stringify(other) === JSON.stringify(each)) === index,
    );
    return unique.length > 1 ? { anyOf: unique } : unique[0];
  }

  private named(type: ts.Type): Json | undefined {
    const object = this.objectOf(type);
    if (object === 'event' && type.symbol.name !== 'EventBase')
      return this.named((type as ts.InterfaceType).getBaseTypes()?.[0] as ts.Type);
    if (object && object !== 'list' && !this.embeds(object)) return undefined;
    const symbol = type.getSymbol();
    const declared = symbol?.declarations?.[0];
    if (!symbol || !declared || symbol.name === '__type' || object === 'list')
      return this.object(type);
    const file = path.basename(declared.getSourceFile().fileName, '.d.ts');
    const folder = path.basename(path.dirname(declared.getSourceFile().fileName));
    const name = `${/^[A-Z]/.test(folder) ? `${folder}.` : ''}${file}.${this.checker.getFullyQualifiedName(symbol).replace(/^".*"\./, '')}`;
    if (!this.defs[name]) {
      this.defs[name] = {};
      this.defs[name] = this.object(type);
    }
    return { $ref: `#/$defs/${name}` };
  }

  /** `only` narrows to some properties; a nested name keeps only what is below it. */
  object(type: ts.Type, only?: string[]): Json {
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    if (index) return { type: 'object', additionalProperties: this.write(index.type) ?? false };
    const properties: Record<string, Json> = {};
    const required: string[] = [];
    for (const property of this.checker.getPropertiesOfType(type)) {
      const { name } = property;
      const below =
        only?.flatMap((each) =>
          each.startsWith(`${name}.`) ? [each.slice(name.length + 1)] : [],
        ) ?? [];
      if (only && !only.includes(name) && below.length === 0) continue;
      const optional = Boolean(property.flags & ts.SymbolFlags.Optional);
      const of = this.checker.getTypeOfSymbol(property);
      if (OTHER_METHODS.test(name) && this.isObject(of)) {
        if (!optional && !this.forRequests) properties[name] = { type: 'null' };
        continue;
      }
      const schema = below.length > 0 ? this.narrow(of, below) : this.write(of);
      if (!schema) continue;
      properties[name] = schema;
      if (!optional) required.push(name);
    }
    // An empty interface is open: anything may stand there.
    if (!this.forRequests && Object.keys(properties).length === 0) return { type: 'object' };
    return {
      type: 'object',
      properties,
      ...(required.length ? { required } : {}),
      additionalProperties: false,
    };
  }

  private isObject(type: ts.Type): boolean {
    const parts = type.isUnion() ? type.types : [type];
    return parts.some((each) => Boolean(each.flags & ts.TypeFlags.Object));
  }

  /** Through arrays and optional unions to the object whose properties are picked. */
  private narrow(type: ts.Type, only: string[]): Json {
    const bare = type.isUnion()
      ? type.types.filter((each) => each.flags & ts.TypeFlags.Object)
      : [type];
    const first = bare[0];
    if (!first) throw new Error(`Nothing to narrow for ${only.join(', ')}`);
    if (this.checker.isArrayType(first))
      return {
        type: 'array',
        items: this.object(
          this.checker.getTypeArguments(first as ts.TypeReference)[0] as ts.Type,
          only,
        ),
      };
    return this.object(first, only);
  }

  /** Dotted names of properties that `only` leaves out, for every object on the way to a picked name. */
  leftOut(type: ts.Type, only: string[], prefix = ''): string[] {
    const elements = this.checker.isArrayType(type)
      ? (this.checker.getTypeArguments(type as ts.TypeReference)[0] as ts.Type)
      : type;
    return this.checker.getPropertiesOfType(elements).flatMap((property) => {
      const { name } = property;
      if (only.includes(name)) return [];
      const below = only.flatMap((each) =>
        each.startsWith(`${name}.`) ? [each.slice(name.length + 1)] : [],
      );
      if (below.length === 0) return [prefix + name];
      const of = this.checker.getNonNullableType(this.checker.getTypeOfSymbol(property));
      const object = of.isUnion()
        ? (of.types.find((each) => each.flags & ts.TypeFlags.Object) as ts.Type)
        : of;
      return this.leftOut(object, below, `${prefix}${name}.`);
    });
  }
}
