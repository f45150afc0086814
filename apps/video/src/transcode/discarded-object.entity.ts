import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('discarded_object')
@Index('discarded_object_due', ['deleteAfter'])
export class DiscardedObjectEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'discarded_object_pkey' })
  readonly objectKey!: string;

  @Column('timestamptz')
  readonly deleteAfter!: Date;
}
