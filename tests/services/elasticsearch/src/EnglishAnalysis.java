import java.util.Map;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenFilter;
import org.apache.lucene.analysis.ngram.EdgeNGramTokenizer;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.ngram.NGramTokenizer;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.index.analysis.AbstractIndexAnalyzerProvider;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.AnalyzerProvider;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * The part of Elasticsearch's own {@code analysis-common} module that English search needs, under the same names: that
 * module is in every distribution but is not published as a jar. All the work is Lucene's.
 *
 * <p>Narrower than the original: no synonym, stemmer override, phonetic or HTML filters; {@code english} takes no stop
 * words of its own; {@code token_chars} is not read; {@code max_ngram_diff} is not enforced. A stemmer that is not here is
 * refused by name, as the original refuses one that it does not know.
 */
public class EnglishAnalysis extends Plugin implements AnalysisPlugin {
  private interface Filter {
    TokenStream wrap(TokenStream tokens, Settings settings);
  }

  private static AnalysisProvider<TokenFilterFactory> filter(Filter filter) {
    return (index, environment, name, settings) ->
        new AbstractTokenFilterFactory(name, settings) {
          @Override
          public TokenStream create(TokenStream tokens) {
            return filter.wrap(tokens, settings);
          }
        };
  }

  /** A filter that keeps one token one token, so that a normaliser of a keyword field may use it too. */
  private static AnalysisProvider<TokenFilterFactory> normalising(Function<TokenStream, TokenStream> filter) {
    class Factory extends AbstractTokenFilterFactory implements NormalizingTokenFilterFactory {
      Factory(String name, Settings settings) {
        super(name, settings);
      }

      @Override
      public TokenStream create(TokenStream tokens) {
        return filter.apply(tokens);
      }
    }
    return (index, environment, name, settings) -> new Factory(name, settings);
  }

  private static AnalysisProvider<TokenizerFactory> tokenizer(Function<Settings, Tokenizer> tokenizer) {
    return (index, environment, name, settings) -> TokenizerFactory.newFactory(name, () -> tokenizer.apply(settings));
  }

  private static TokenStream stem(TokenStream tokens, Settings settings) {
    String language = settings.get("language", settings.get("name", "english"));
    return switch (language) {
      case "english", "porter" -> new PorterStemFilter(tokens);
      case "light_english", "kstem" -> new KStemFilter(tokens);
      case "minimal_english" -> new EnglishMinimalStemFilter(tokens);
      case "possessive_english" -> new EnglishPossessiveFilter(tokens);
      default -> throw new IllegalArgumentException("the test node has no stemmer named " + language);
    };
  }

  private static int shortest(Settings settings) {
    return settings.getAsInt("min_gram", 1);
  }

  private static int longest(Settings settings) {
    return settings.getAsInt("max_gram", 2);
  }

  private static boolean whole(Settings settings) {
    return settings.getAsBoolean("preserve_original", false);
  }

  @Override
  public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
    return Map.of(
        "asciifolding", normalising(ASCIIFoldingFilter::new),
        "lowercase", normalising(LowerCaseFilter::new),
        "stemmer", filter(EnglishAnalysis::stem),
        "edge_ngram", filter((tokens, s) -> new EdgeNGramTokenFilter(tokens, shortest(s), longest(s), whole(s))),
        "ngram", filter((tokens, s) -> new NGramTokenFilter(tokens, shortest(s), longest(s), whole(s))));
  }

  @Override
  public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
    return Map.of(
        "keyword", tokenizer(settings -> new KeywordTokenizer()),
        "edge_ngram", tokenizer(settings -> new EdgeNGramTokenizer(shortest(settings), longest(settings))),
        "ngram", tokenizer(settings -> new NGramTokenizer(shortest(settings), longest(settings))));
  }

  @Override
  public Map<String, AnalysisProvider<AnalyzerProvider<? extends Analyzer>>> getAnalyzers() {
    return Map.of("english", (index, environment, name, settings) -> new English(name, settings));
  }

  private static class English extends AbstractIndexAnalyzerProvider<EnglishAnalyzer> {
    private final EnglishAnalyzer analyzer = new EnglishAnalyzer();

    English(String name, Settings settings) {
      super(name, settings);
    }

    @Override
    public EnglishAnalyzer get() {
      return analyzer;
    }
  }
}
