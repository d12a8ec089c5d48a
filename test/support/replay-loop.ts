/** The part of the replay program that is the same for every model; test/support/verilator-replay.ts writes the rest. */

export const REPLAY_LOOP = `struct Trace {
  uint32_t clocks;
  const uint32_t* inputs;
  const uint32_t* outputs;
  const uint32_t* reads;
};

// What of the outputs is compared: all, or what the test read
enum class Compared { none, all, reads };

struct Difference {
  bool found;
  uint32_t clock;
  uint32_t word;
};

std::vector<uint32_t> words_of(const char* name) {
  std::vector<uint32_t> words;
  uint32_t block[4096];
  std::FILE* file = std::fopen(name, "rb");
  if (!file) return words;
  while (size_t count = std::fread(block, 4, 4096, file)) words.insert(words.end(), block, block + count);
  std::fclose(file);
  return words;
}

bool was_read(const Trace& trace, uint32_t clock, uint32_t word) {
  return (trace.reads[size_t{clock} * read_words + word / 32] >> (word % 32)) & 1;
}

// Writes to the file of coverage, if any, what was covered, and beside it what was before the first clock
Difference play(const Trace& trace, uint32_t mutant, Compared compared, const std::string& coverage = "") {
  VerilatedContext* context = Verilated::threadContextp();
  std::unique_ptr<Vreplay> model{new Vreplay{context, "TOP"}};
  std::vector<uint32_t> shown(output_words);
  Difference difference{false, 0, 0};
  choose(*model, mutant);
  wake(context, *model);
  if (!coverage.empty()) context->coveragep()->write(("before_" + coverage).c_str());
  for (uint32_t clock = 0; clock < trace.clocks && !difference.found; ++clock) {
    load(*model, trace.inputs + size_t{clock} * input_words);
    model->clk_i = 0;
    model->eval();
    model->clk_i = 1;
    model->eval();
    clear_strobes(*model);
    model->clk_i = 0;
    model->eval();
    if (compared == Compared::none) continue;
    store(*model, shown.data());
    const uint32_t* expected = trace.outputs + size_t{clock} * output_words;
    if (std::memcmp(shown.data(), expected, 4 * output_words) == 0) continue;
    for (uint32_t word = 0; word < output_words && !difference.found; ++word) {
      if (shown[word] == expected[word]) continue;
      if (compared == Compared::all || was_read(trace, clock, word)) difference = {true, clock, word};
    }
  }
  model->final();
  if (!coverage.empty()) {
    // The counters lie in the model and go with it
    context->coveragep()->write(coverage.c_str());
    context->coveragep()->clear();
  }
  return difference;
}
}  // namespace

int main(int argc, char** argv) {
  const std::vector<uint32_t> words = words_of("traces");
  std::vector<Trace> traces;
  for (size_t at = 0; at < words.size();) {
    const uint32_t clocks = words[at];
    const uint32_t* inputs = words.data() + at + 1;
    const uint32_t* outputs = inputs + size_t{clocks} * input_words;
    traces.push_back({clocks, inputs, outputs, outputs + size_t{clocks} * output_words});
    at += 1 + size_t{clocks} * (input_words + output_words + read_words);
  }
  if (std::strcmp(argv[1], "mutants") == 0) {
    for (uint32_t mutant : words_of("mutants")) {
      for (const Trace& trace : traces) {
        if (!play(trace, mutant, Compared::reads).found) continue;
        std::printf("shown %u\\n", mutant);
        break;
      }
    }
    return 0;
  }
  const Compared compared = std::strcmp(argv[1], "compare") == 0 ? Compared::all : Compared::none;
  for (size_t index = 0; index < traces.size(); ++index) {
    const std::string coverage = "coverage" + std::to_string(index) + ".dat";
    const Difference found = play(traces[index], 0, compared, compared == Compared::none ? coverage : "");
    if (found.found) std::printf("difference %zu %u %u\\n", index, found.clock, found.word);
    if (found.found) return 0;
  }
  return 0;
}
`;
