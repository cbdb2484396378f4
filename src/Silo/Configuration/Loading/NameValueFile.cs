using Granary.Silo.Configuration.Binding;

namespace Granary.Silo.Configuration.Loading;

/// <summary>Files of secrets: lines of the form NAME=value, empty ones and those that begin with # left out.</summary>
internal static class NameValueFile
{
    private const int BytesMax = 64 * 1024;

    /// <summary>Reads it; never says a value.</summary>
    /// <param name="path">The file; empty for none.</param>
    /// <param name="option">The option that names it, for messages.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static Dictionary<string, string> Read(string path, string option, List<OptionError> errors)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (path.Length == 0) return values;
        try
        {
            SecretFile.RequirePrivate(path);
            if (new FileInfo(path).Length > BytesMax) throw new IOException($"it has more than {BytesMax} bytes");
            var number = 0;
            foreach (var line in File.ReadLines(path))
            {
                number++;
                var text = line.Trim();
                if (text.Length == 0 || text[0] == '#') continue;
                var equals = text.IndexOf('=');
                if (equals <= 0) errors.Add(new OptionError(option, $"{path} line {number} is not of the form NAME=value"));
                else values[text[..equals].Trim()] = text[(equals + 1)..].Trim();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new OptionError(option, $"{option} {path} cannot be used: {e.Message}"));
        }

        return values;
    }
}
