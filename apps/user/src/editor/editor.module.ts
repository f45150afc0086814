import { Module, type DynamicModule } from '@nestjs/common';
import { AccountModule } from '../account/account.module.js';
import { EditorBootstrap } from './editor-bootstrap.js';
import { EDITOR_CONFIG, type EditorConfig } from './editor.config.js';

@Module({})
export class EditorModule {
  static forRoot({ EDITOR_EMAIL, EDITOR_PASSWORD }: EditorConfig): DynamicModule {
    return {
      module: EditorModule,
      imports: [AccountModule],
      providers: [EditorBootstrap, { provide: EDITOR_CONFIG, useValue: { EDITOR_EMAIL, EDITOR_PASSWORD } }],
    };
  }
}
