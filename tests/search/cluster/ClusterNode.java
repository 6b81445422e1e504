import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One OpenSearch node in this process, until its standard input ends. The argument is its folder, which has {@code
 * config/opensearch.yml}.
 *
 * <p>OpenSearch's own main class wants the folders of an installed distribution, its security manager and a user other than root.
 */
public final class ClusterNode extends Node {

    private static final List<Class<? extends Plugin>> PLUGINS =
            List.of(
                    Netty4Plugin.class,
                    CommonAnalysisPlugin.class,
                    MapperExtrasPlugin.class,
                    PainlessPlugin.class,
                    ReindexPlugin.class);

    private ClusterNode(Environment environment) {
        super(environment, PLUGINS, true);
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Settings settings = Settings.builder().put(Environment.PATH_HOME_SETTING.getKey(), home).build();
        Environment environment =
                InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), home.resolve("config"), () -> "unnamed");
        new ClusterNode(environment).start();
        while (System.in.read() != -1) {}
        Runtime.getRuntime().halt(0);
    }
}
