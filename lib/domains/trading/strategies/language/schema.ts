import { analyseDefinition } from './analyse-definition';
import { definitionShape } from './definition-shape';

/**
 * The whole check of a strategy document: shape, names, arity, types, ranges, look-ahead, circles and size.
 * Issues of the second half carry their code in `params.code`; `validateStrategy` renders them all alike.
 */
export const strategyDefinitionSchema = definitionShape.superRefine((definition, context) => {
  for (const fault of analyseDefinition(definition).faults) {
    context.addIssue({
      code: 'custom',
      path: [...fault.path],
      message: fault.message,
      params: { code: fault.code },
    });
  }
});
