import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProfileModule } from '../profile/profile.module.js';
import { AccountController } from './account.controller.js';
import { AccountEntity } from './account.entity.js';
import { AccountRepository } from './account.repository.js';
import { CreateAccount } from './create-account.service.js';
import { EDITOR_SETTINGS, FirstEditor, type EditorSettings } from './first-editor.js';
import { PasswordHashing } from './password-hashing.js';

@Module({})
export class AccountModule {
  static forEditor(editor: EditorSettings | undefined): DynamicModule {
    return {
      module: AccountModule,
      imports: [TypeOrmModule.forFeature([AccountEntity]), ProfileModule],
      controllers: [AccountController],
      providers: [
        AccountRepository,
        CreateAccount,
        PasswordHashing,
        FirstEditor,
        { provide: EDITOR_SETTINGS, useValue: editor },
      ],
      exports: [AccountRepository, PasswordHashing],
    };
  }
}
