import java.nio.file.Path;
import java.util.Map;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One real Elasticsearch node on loopback, for tests. Arguments: the folder it was built into (read only), the folder for
 * its data and logs, its HTTP port.
 *
 * <p>The distribution's own launcher is not published as a jar. It would also refuse to run as root and read its settings
 * from files; a node that only tests talk to needs neither.
 */
public class ElasticsearchNode {
  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(arguments[0]).toAbsolutePath();
    Settings settings = settings(home, Path.of(arguments[1]).toAbsolutePath(), arguments[2]);
    LogConfigurator.configureWithoutConfig(settings);
    Environment environment = new Environment(settings, home.resolve("config"));
    Node node = new Node(environment, plugins(environment));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node)));
    node.start();
    Thread.currentThread().join();
  }

  private static Settings settings(Path home, Path folder, String port) {
    System.setProperty("es.logs.base_path", folder.resolve("logs").toString());
    System.setProperty("es.logs.cluster_name", "test");
    System.setProperty("es.logs.node_name", "test");
    return Settings.builder()
        .put("path.home", home.toString())
        .put("path.data", folder.resolve("data").toString())
        .put("path.logs", folder.resolve("logs").toString())
        .put("cluster.name", "test")
        .put("node.name", "test")
        .put("discovery.type", "single-node")
        // Loopback by its number: a name could be made to mean another address.
        .put("network.host", "127.0.0.1")
        .put("http.port", port)
        // No second node ever joins, so any free port will do.
        .put("transport.port", "0")
        // A nearly full disk is no reason for a test to find its index read-only.
        .put("cluster.routing.allocation.disk.threshold_enabled", false)
        .build();
  }

  private static PluginsLoader plugins(Environment environment) {
    return PluginsLoader.createPluginsLoader(
        PluginsLoader.loadModulesBundles(environment.modulesDir()),
        PluginsLoader.loadPluginsBundles(environment.pluginsDir()),
        Map.of(),
        false);
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (Exception error) {
      error.printStackTrace();
    }
  }
}
