import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Where an attempt that came to nothing may have put, or may still put, its output. */
@Entity('discarded_objects')
@Index('discarded_objects_due', ['deleteAfter'])
export class DiscardedObjectEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'discarded_objects_pkey' })
  objectKey!: string;

  /** When the address that the attempt was given has lapsed. */
  @Column('timestamptz')
  deleteAfter!: Date;
}
