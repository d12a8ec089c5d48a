/** The grammar. Pure: rules only consume tokens; `cst-to-ast` gives them meaning. */
import { CstParser } from 'chevrotain';
import { describeMismatch } from './expectations.js';
import * as t from './tokens.js';

/** Recursive-descent parser of `.ion` files with recovery, so that one run reports all syntax errors. */
export class IonParser extends CstParser {
  constructor() {
    super([...t.TOKENS], {
      recoveryEnabled: true,
      nodeLocationTracking: 'full',
      maxLookahead: 2,
      errorMessageProvider: describeMismatch,
    });
    this.performSelfAnalysis();
  }

  readonly file = this.RULE('file', () => {
    this.MANY(() => this.SUBRULE(this.item));
  });

  readonly item = this.RULE('item', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.importItem) },
      { ALT: () => this.SUBRULE(this.paramItem) },
      { ALT: () => this.SUBRULE(this.deviceItem) },
      { ALT: () => this.SUBRULE(this.chipItem) },
      { ALT: () => this.SUBRULE(this.programItem) },
      { ALT: () => this.SUBRULE(this.experimentItem) },
    ]);
  });

  readonly importItem = this.RULE('importItem', () => {
    this.CONSUME(t.ImportKeyword);
    this.SUBRULE(this.firstImport);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE(this.furtherImport);
    });
    this.CONSUME(t.FromKeyword);
    this.CONSUME(t.Text);
  });

  readonly firstImport = this.RULE('firstImport', () => {
    this.SUBRULE(this.importKind);
    this.CONSUME(t.Identifier);
  });

  readonly furtherImport = this.RULE('furtherImport', () => {
    this.OR([
      // `device from` is the name `device`, then `from`: a kind counts only before a further name.
      {
        GATE: () => this.LA(2).tokenType !== t.FromKeyword,
        ALT: () => {
          this.SUBRULE(this.importKind);
          this.CONSUME(t.Identifier);
        },
        IGNORE_AMBIGUITIES: true,
      },
      { ALT: () => this.CONSUME1(t.Identifier) },
    ]);
  });

  readonly importKind = this.RULE('importKind', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.DeviceKeyword) },
      { ALT: () => this.CONSUME(t.ChipKeyword) },
      { ALT: () => this.CONSUME(t.ProgramKeyword) },
    ]);
  });

  readonly paramItem = this.RULE('paramItem', () => {
    this.CONSUME(t.ParamKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.OR({
      DEF: [{ ALT: () => this.CONSUME(t.Text) }, { ALT: () => this.SUBRULE(this.expression) }],
      ERR_MSG: 'an expression or a text',
    });
  });

  // Devices

  readonly deviceItem = this.RULE('deviceItem', () => {
    this.CONSUME(t.DeviceKeyword);
    this.CONSUME(t.Identifier);
    this.OPTION(() => this.CONSUME(t.Text));
    this.CONSUME(t.LeftCurly);
    this.MANY(() => this.SUBRULE(this.deviceClause));
    this.CONSUME(t.RightCurly);
  });

  readonly deviceClause = this.RULE('deviceClause', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.pulseClause) },
      { ALT: () => this.SUBRULE(this.readVoltageClause) },
      { ALT: () => this.SUBRULE(this.windowClause) },
      { ALT: () => this.SUBRULE(this.defaultWindowClause) },
      { ALT: () => this.SUBRULE(this.parameterClause) },
      { ALT: () => this.SUBRULE(this.spreadClause) },
      { ALT: () => this.SUBRULE(this.letClause) },
      { ALT: () => this.SUBRULE(this.stateClause) },
      { ALT: () => this.SUBRULE(this.evolveClause) },
      { ALT: () => this.SUBRULE(this.currentClause) },
      { ALT: () => this.SUBRULE(this.energyClause) },
      { ALT: () => this.SUBRULE(this.ratingClause) },
    ]);
  });

  readonly pulseClause = this.RULE('pulseClause', () => {
    this.CONSUME(t.PulseKeyword);
    this.SUBRULE(this.expression);
    this.CONSUME(t.ForKeyword);
    this.SUBRULE1(this.expression);
    this.OPTION(() => this.SUBRULE(this.provenance));
  });

  readonly readVoltageClause = this.RULE('readVoltageClause', () => {
    this.CONSUME(t.ReadKeyword);
    this.SUBRULE(this.expression);
    this.OPTION(() => this.SUBRULE(this.provenance));
  });

  readonly windowClause = this.RULE('windowClause', () => {
    this.CONSUME(t.WindowKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.range);
    this.OPTION(() => {
      this.CONSUME(t.StepKeyword);
      this.SUBRULE(this.expression);
    });
    this.OPTION1(() => this.SUBRULE(this.provenance));
  });

  readonly defaultWindowClause = this.RULE('defaultWindowClause', () => {
    this.CONSUME(t.DefaultKeyword);
    this.CONSUME(t.WindowKeyword);
    this.CONSUME(t.Identifier);
  });

  readonly parameterClause = this.RULE('parameterClause', () => {
    this.CONSUME(t.ParamKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
    this.OPTION(() => this.SUBRULE(this.provenance));
  });

  readonly spreadClause = this.RULE('spreadClause', () => {
    this.CONSUME(t.SpreadKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Tilde);
    this.CONSUME(t.NormalKeyword);
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.expression);
    this.CONSUME(t.Comma);
    this.SUBRULE1(this.expression);
    this.CONSUME(t.RightParen);
    this.CONSUME(t.PerKeyword);
    this.SUBRULE(this.occasion);
    this.OPTION(() => this.SUBRULE(this.provenance));
  });

  readonly occasion = this.RULE('occasion', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.DeviceKeyword) },
      { ALT: () => this.CONSUME(t.PulseKeyword) },
      { ALT: () => this.CONSUME(t.ReadKeyword) },
    ]);
  });

  readonly letClause = this.RULE('letClause', () => {
    this.CONSUME(t.LetKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  readonly stateClause = this.RULE('stateClause', () => {
    this.CONSUME(t.StateKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.unit);
    this.CONSUME(t.InKeyword);
    this.SUBRULE(this.range);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  readonly evolveClause = this.RULE('evolveClause', () => {
    this.CONSUME(t.EvolveKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  readonly currentClause = this.RULE('currentClause', () => {
    this.CONSUME(t.CurrentKeyword);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  readonly energyClause = this.RULE('energyClause', () => {
    this.CONSUME(t.EnergyKeyword);
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
    this.OPTION(() => this.SUBRULE(this.provenance));
  });

  readonly ratingClause = this.RULE('ratingClause', () => {
    this.CONSUME(t.MaximumKeyword);
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.expression);
    this.OPTION(() => this.SUBRULE(this.provenance));
  });

  readonly provenance = this.RULE('provenance', () => {
    this.CONSUME(t.SourceKeyword);
    this.CONSUME(t.Text);
    this.CONSUME(t.ConfidenceKeyword);
    this.CONSUME(t.Identifier);
  });

  // Chips

  readonly chipItem = this.RULE('chipItem', () => {
    this.CONSUME(t.ChipKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftCurly);
    this.MANY(() => this.SUBRULE(this.chipClause));
    this.CONSUME(t.RightCurly);
  });

  readonly chipClause = this.RULE('chipClause', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.clockClause) },
      { ALT: () => this.SUBRULE(this.busClause) },
      { ALT: () => this.SUBRULE(this.tileClause) },
    ]);
  });

  readonly clockClause = this.RULE('clockClause', () => {
    this.CONSUME(t.ClockKeyword);
    this.SUBRULE(this.expression);
  });

  readonly busClause = this.RULE('busClause', () => {
    this.CONSUME(t.BusKeyword);
    this.CONSUME(t.Identifier);
  });

  readonly tileClause = this.RULE('tileClause', () => {
    this.CONSUME(t.TileKeyword);
    this.SUBRULE(this.expression);
    this.CONSUME(t.XKeyword);
    this.SUBRULE1(this.expression);
    this.CONSUME(t.LeftCurly);
    this.MANY(() => this.SUBRULE(this.tilePart));
    this.CONSUME(t.RightCurly);
  });

  readonly tilePart = this.RULE('tilePart', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.biasPart) },
      { ALT: () => this.SUBRULE(this.railsPart) },
      { ALT: () => this.SUBRULE(this.timerPart) },
      { ALT: () => this.SUBRULE(this.settlePart) },
      { ALT: () => this.SUBRULE(this.adcPart) },
      { ALT: () => this.SUBRULE(this.linesPart) },
    ]);
  });

  readonly biasPart = this.RULE('biasPart', () => {
    this.CONSUME(t.BiasKeyword);
    this.CONSUME(t.Identifier);
  });

  readonly railsPart = this.RULE('railsPart', () => {
    this.CONSUME(t.RailsKeyword);
    this.SUBRULE(this.range);
    this.CONSUME(t.ByKeyword);
    this.SUBRULE(this.expression);
    this.CONSUME(t.BitKeyword);
  });

  readonly timerPart = this.RULE('timerPart', () => {
    this.CONSUME(t.TimerKeyword);
    this.SUBRULE(this.expression);
    this.CONSUME(t.BitKeyword);
  });

  readonly settlePart = this.RULE('settlePart', () => {
    this.CONSUME(t.SettleKeyword);
    this.SUBRULE(this.expression);
  });

  readonly adcPart = this.RULE('adcPart', () => {
    this.CONSUME(t.AdcKeyword);
    this.SUBRULE(this.expression);
    this.CONSUME(t.BitKeyword);
    this.SUBRULE(this.range);
    this.CONSUME(t.InKeyword);
    this.SUBRULE1(this.expression);
    this.CONSUME(t.SettleKeyword);
    this.SUBRULE2(this.expression);
    this.CONSUME(t.SharedKeyword);
    this.CONSUME(t.ByKeyword);
    this.SUBRULE3(this.expression);
  });

  readonly linesPart = this.RULE('linesPart', () => {
    this.CONSUME(t.LinesKeyword);
    this.SUBRULE(this.expression);
    this.OPTION(() => this.SUBRULE(this.provenance));
  });

  // Programs

  readonly programItem = this.RULE('programItem', () => {
    this.CONSUME(t.ProgramKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftCurly);
    this.MANY(() => this.SUBRULE(this.programClause));
    this.CONSUME(t.RightCurly);
  });

  readonly programClause = this.RULE('programClause', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.useDeviceClause) },
      { ALT: () => this.SUBRULE(this.fromClause) },
      { ALT: () => this.SUBRULE(this.writeClause) },
      { ALT: () => this.SUBRULE(this.readBackClause) },
      { ALT: () => this.SUBRULE(this.disturbClause) },
    ]);
  });

  readonly useDeviceClause = this.RULE('useDeviceClause', () => {
    this.CONSUME(t.DeviceKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.WindowKeyword);
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(t.DotDot);
      this.SUBRULE1(this.expression);
    });
  });

  readonly fromClause = this.RULE('fromClause', () => {
    this.CONSUME(t.FromKeyword);
    this.SUBRULE(this.image);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE1(this.image);
    });
  });

  readonly image = this.RULE('image', () => {
    this.OR([{ ALT: () => this.CONSUME(t.Text) }, { ALT: () => this.CONSUME(t.Identifier) }]);
    this.OPTION(() => {
      this.CONSUME(t.AtKeyword);
      this.SUBRULE(this.expression);
    });
    this.OPTION1(() => {
      this.CONSUME(t.InKeyword);
      this.SUBRULE(this.unit);
    });
  });

  readonly writeClause = this.RULE('writeClause', () => {
    this.CONSUME(t.WriteKeyword);
    this.CONSUME(t.Identifier);
  });

  readonly readBackClause = this.RULE('readBackClause', () => {
    this.CONSUME(t.ReadKeyword);
    this.CONSUME(t.AfterKeyword);
    this.CONSUME(t.EachKeyword);
  });

  readonly disturbClause = this.RULE('disturbClause', () => {
    this.CONSUME(t.DisturbKeyword);
    this.CONSUME(t.AtKeyword);
    this.CONSUME(t.MostKeyword);
    this.SUBRULE(this.expression);
  });

  // Experiments

  readonly experimentItem = this.RULE('experimentItem', () => {
    this.CONSUME(t.ExperimentKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftCurly);
    this.MANY(() => this.SUBRULE(this.experimentClause));
    this.CONSUME(t.RightCurly);
  });

  readonly experimentClause = this.RULE('experimentClause', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.runClause) },
      { ALT: () => this.SUBRULE(this.seedsClause) },
      { ALT: () => this.SUBRULE(this.withoutClause) },
      { ALT: () => this.SUBRULE(this.calibrateClause) },
      { ALT: () => this.SUBRULE(this.expectClause) },
    ]);
  });

  readonly runClause = this.RULE('runClause', () => {
    this.CONSUME(t.RunKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.OnKeyword);
    this.CONSUME1(t.Identifier);
    this.OPTION(() => this.SUBRULE(this.fromClause));
  });

  readonly seedsClause = this.RULE('seedsClause', () => {
    this.CONSUME(t.SeedsKeyword);
    this.SUBRULE(this.expression);
    this.CONSUME(t.FromKeyword);
    this.SUBRULE1(this.expression);
  });

  readonly withoutClause = this.RULE('withoutClause', () => {
    this.CONSUME(t.WithoutKeyword);
    this.CONSUME(t.Identifier);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.CONSUME1(t.Identifier);
    });
  });

  readonly calibrateClause = this.RULE('calibrateClause', () => {
    this.CONSUME(t.CalibrateKeyword);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.WithKeyword);
    this.SUBRULE(this.expression);
    this.CONSUME(t.PulsesKeyword);
  });

  readonly expectClause = this.RULE('expectClause', () => {
    this.CONSUME(t.ExpectKeyword);
    this.SUBRULE(this.sum);
    this.CONSUME(t.ComparisonOperator);
    this.SUBRULE1(this.sum);
  });

  // Expressions: chains are loops, so that only brackets and `?` nest the parser's stack.

  readonly range = this.RULE('range', () => {
    this.SUBRULE(this.expression);
    this.CONSUME(t.DotDot);
    this.SUBRULE1(this.expression);
  });

  readonly expression = this.RULE('expression', () => {
    this.SUBRULE(this.comparison);
    this.MANY(() => {
      this.CONSUME(t.Question);
      this.SUBRULE(this.expression);
      this.CONSUME(t.Colon);
      this.SUBRULE1(this.comparison);
    });
  });

  readonly comparison = this.RULE('comparison', () => {
    this.SUBRULE(this.sum);
    this.OPTION(() => {
      this.CONSUME(t.ComparisonOperator);
      this.SUBRULE1(this.sum);
    });
  });

  // One rule for all arithmetic, sorted by precedence afterwards: a rule for each level would more than double
  // the stack that a bracket costs, and 256 of them have to fit.
  readonly sum = this.RULE('sum', () => {
    this.SUBRULE(this.operand);
    this.MANY(() => {
      this.CONSUME(t.ArithmeticOperator);
      this.SUBRULE1(this.operand);
    });
  });

  readonly operand = this.RULE('operand', () => {
    this.MANY(() => this.CONSUME(t.Minus));
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(t.Quantity) },
        { ALT: () => this.SUBRULE(this.numeral) },
        { ALT: () => this.SUBRULE(this.call) },
        { ALT: () => this.SUBRULE(this.reference) },
        { ALT: () => this.SUBRULE(this.group) },
      ],
      ERR_MSG: 'an expression',
    });
  });

  // A plain name after a number can only be a unit that does not exist; keywords are no plain names.
  readonly numeral = this.RULE('numeral', () => {
    this.CONSUME(t.Numeral);
    this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(t.Name) }, { ALT: () => this.CONSUME(t.UnitWord) }]));
  });

  readonly call = this.RULE('call', () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftParen);
    this.OPTION(() => {
      this.SUBRULE(this.expression);
      this.MANY(() => {
        this.CONSUME(t.Comma);
        this.SUBRULE1(this.expression);
      });
    });
    this.CONSUME(t.RightParen);
  });

  readonly reference = this.RULE('reference', () => {
    this.CONSUME(t.Identifier);
    this.MANY(() => {
      this.CONSUME(t.Dot);
      this.CONSUME1(t.Identifier);
    });
  });

  readonly group = this.RULE('group', () => {
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
  });

  readonly unit = this.RULE('unit', () => {
    this.SUBRULE(this.simpleUnit);
    this.MANY(() => {
      this.CONSUME(t.MultiplicativeOperator);
      this.SUBRULE1(this.simpleUnit);
    });
  });

  readonly simpleUnit = this.RULE('simpleUnit', () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Identifier) },
      { ALT: () => this.CONSUME(t.UnitWord) },
      { ALT: () => this.CONSUME(t.Percent) },
      { ALT: () => this.CONSUME(t.Numeral) },
    ]);
  });
}
