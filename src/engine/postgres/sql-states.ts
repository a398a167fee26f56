/** SQLSTATEs that the engine acts upon, as the server names them (PostgreSQL manual, appendix A). */
export const UNDEFINED_TABLE = '42P01';
export const INSUFFICIENT_PRIVILEGE = '42501';
/** Only where we set lock_timeout ourselves. */
export const LOCK_NOT_AVAILABLE = '55P03';
