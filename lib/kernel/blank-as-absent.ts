/** For `z.preprocess`: a form's field, or a setting, that was left empty was not given. */
export const blankAsAbsent = (value: unknown) => (value === '' ? undefined : value);
