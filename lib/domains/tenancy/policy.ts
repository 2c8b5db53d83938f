import { permissionsOf, type Role } from '@/lib/kernel/access';
import { allows, authorise, type Ctx } from '@/lib/kernel/ctx';
import { forbidden } from '@/lib/kernel/errors';

/** Role of whoever acts, as far as it has one: people, and keys in the name of people. */
function actingRole(ctx: Ctx): Role | null {
  const { actor } = ctx;
  return actor.kind === 'member' || actor.kind === 'apiKey' ? actor.role : null;
}

/** Nobody gives or takes more than they hold; owners are made and unmade by owners. */
export function mayGiveRole(ctx: Ctx, role: Role): void {
  authorise(ctx, 'members:write');
  if (role === 'owner' && actingRole(ctx) !== 'owner') {
    throw forbidden('Only an owner can make somebody an owner.');
  }
  const missing = permissionsOf(role).find((permission) => !allows(ctx.actor, permission));
  if (missing) {
    throw forbidden(`The role ${role} includes ${missing}, which you don't have yourself.`);
  }
}

/** Changing or removing somebody needs at least what they hold. */
export function mayChangeMember(ctx: Ctx, current: Role): void {
  authorise(ctx, 'members:write');
  if (current === 'owner' && actingRole(ctx) !== 'owner') {
    throw forbidden('Only an owner can change or remove an owner.');
  }
  const beyond = permissionsOf(current).find((permission) => !allows(ctx.actor, permission));
  if (beyond) throw forbidden(`This member's role (${current}) holds more than yours.`);
}

/** Closing the whole organisation is for its owners. */
export function mayCloseTenant(ctx: Ctx): void {
  authorise(ctx, 'tenant:write');
  if (actingRole(ctx) !== 'owner') throw forbidden('Only an owner can close the organisation.');
}
