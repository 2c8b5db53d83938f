import type { IndicatorSpec } from '@/lib/domains/trading/indicators/indicator-spec';
import type { PriceColumn } from '@/lib/domains/trading/indicators/bars';

/** A number that is known before any bar is seen. */
export type Scalar =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'param'; readonly name: string };

/** An indicator with its arguments. Several expressions may share one call. */
export interface IndicatorCall {
  readonly spec: IndicatorSpec;
  readonly source: NumberNode | null;
  readonly args: readonly Scalar[];
}

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type ComparisonOperator = '>' | '<' | '>=' | '<=' | '==';

/** An expression with a number for every bar (NaN where undefined). */
export type NumberNode =
  | Scalar
  | { readonly kind: 'price'; readonly column: PriceColumn }
  | { readonly kind: 'indicator'; readonly call: IndicatorCall; readonly output: number }
  | {
      readonly kind: 'arithmetic';
      readonly operator: ArithmeticOperator;
      readonly operands: readonly NumberNode[];
    }
  | { readonly kind: 'shift'; readonly source: NumberNode; readonly bars: Scalar };

/** An expression that is true or false on every bar. */
export type BooleanNode =
  | { readonly kind: 'boolean'; readonly value: boolean }
  | {
      readonly kind: 'comparison';
      readonly operator: ComparisonOperator;
      readonly left: NumberNode;
      readonly right: NumberNode;
    }
  | {
      readonly kind: 'cross';
      readonly direction: 'above' | 'below';
      readonly left: NumberNode;
      readonly right: NumberNode;
    }
  | {
      readonly kind: 'between';
      readonly value: NumberNode;
      readonly low: NumberNode;
      readonly high: NumberNode;
    }
  | {
      readonly kind: 'logic';
      readonly operator: 'and' | 'or';
      readonly operands: readonly BooleanNode[];
    }
  | { readonly kind: 'not'; readonly operand: BooleanNode }
  /** Minutes after midnight UTC, from inclusive, to exclusive; from > to spans midnight. */
  | { readonly kind: 'time'; readonly from: number; readonly to: number }
  /** Days of the week, UTC, 0 is Sunday. */
  | { readonly kind: 'weekday'; readonly days: readonly number[] };

export type ExpressionNode = NumberNode | BooleanNode;

export function isBooleanNode(node: ExpressionNode): node is BooleanNode {
  switch (node.kind) {
    case 'boolean':
    case 'comparison':
    case 'cross':
    case 'between':
    case 'logic':
    case 'not':
    case 'time':
    case 'weekday':
      return true;
    default:
      return false;
  }
}
