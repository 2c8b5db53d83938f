import type { Command } from '../lifecycle';

/** What may be asked of who collects the money, beside what moves a subscription. */
export type Ability = Command | 'replace_card' | 'let_in_beyond';
